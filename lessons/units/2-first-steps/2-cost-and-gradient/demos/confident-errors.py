"""What a point contributes to the cost, for every probability that it could get."""

import matplotlib.pyplot as plt
import torch

y = torch.linspace(0.001, 0.999, 500)

plt.plot(y, -torch.log(y), label="black point")
plt.plot(y, -torch.log(1 - y), label="white point")
plt.xlabel("probability of black")
plt.ylabel("H")
plt.legend()
plt.show()

few = torch.tensor([0.01, 0.5, 0.99, 0.9999], dtype=torch.float64)
for p, white in zip(few, -torch.log(1 - few)):
    print(f"a white point that gets {p.item():6} contributes {white.item():.4f}")
