"""A hundred random matrices, multiplied with each other."""

import torch

torch.manual_seed(0)
sizes = {}
for deviation in (1.0, 0.572, 0.1):
    norms = []
    for _ in range(50):
        product = deviation * torch.randn(4, 4, dtype=torch.float64)
        for _ in range(100):
            product = product @ (deviation * torch.randn(4, 4, dtype=torch.float64))
        norms.append(product.norm().log10())
    sizes[deviation] = torch.stack(norms).median().item()
    print(f"standard deviation {deviation}: the product is of the size 10^{sizes[deviation]:.0f}")
