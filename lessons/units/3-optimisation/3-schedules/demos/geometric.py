"""The rates of geometric decay."""

import matplotlib.pyplot as plt

gamma = 0.9
rates = [gamma**epoch for epoch in range(31)]
for epoch in (0, 1, 2, 10, 20, 30):
    print(f"epoch {epoch:2}: {rates[epoch]:.4f}")
plt.plot(rates)
plt.xlabel("epoch")
plt.ylabel("rate")
plt.show()
