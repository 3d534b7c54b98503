"""The graph of the sigmoid."""

import matplotlib.pyplot as plt
import torch

z = torch.linspace(-10, 10, 1000)
y = 1 / (1 + torch.exp(-z))

plt.plot(z, y)
plt.xlabel("z")
plt.ylabel("y")
plt.show()

few = torch.tensor([-10.0, -4.0, -2.0, 0.0, 2.0, 4.0, 10.0])
for place in few:
    print(f"S({place.item():3.0f}) = {torch.sigmoid(place).item():.5f}")
