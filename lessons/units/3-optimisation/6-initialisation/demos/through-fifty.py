"""The size of a signal behind fifty layers of a hundred units, for weights of different sizes."""

import torch

activations = {"identity": lambda x: x, "tanh": torch.tanh, "ReLU": torch.relu}
sizes = {"0.01": 0.01, "1": 1.0, "sqrt(1/100)": 0.1, "sqrt(2/100)": 0.02**0.5}
found = {}
print(f"{'weights':>12}" + "".join(f"{name:>12}" for name in activations))
for label, size in sizes.items():
    for name, activation in activations.items():
        torch.manual_seed(0)
        x = torch.randn(1000, 100, dtype=torch.float64)
        for _ in range(50):
            x = activation(x @ (size * torch.randn(100, 100, dtype=torch.float64)))
        found[name, label] = x.std().item()
    print(f"{label:>12}" + "".join(f"{found[name, label]:12.1e}" for name in activations))
