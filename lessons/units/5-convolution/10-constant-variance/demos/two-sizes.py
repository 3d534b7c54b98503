"""Five layers without biases, ReLU after all but the last; the same draws with three standard deviations."""

import torch

x = torch.tensor([2.59, 1.84, 0.44, -0.72, -0.58], dtype=torch.float64)
torch.manual_seed(9)
draws = [torch.randn(5, 5, dtype=torch.float64) for _ in range(4)] + [torch.randn(1, 5, dtype=torch.float64)]


def sizes(std):
    z, found = x, []
    for layer, W in enumerate(draws):
        z = std * W @ z
        found.append(z.abs().max().item())
        z = z.relu() if layer < 4 else z
    return found


table = {std: sizes(std) for std in (0.1, 10, 0.4**0.5)}
for std, row in table.items():
    print(f"std {std:6.3f}: largest value of each layer", *(f"{value:10.3g}" for value in row))
ratios = [large / small for large, small in zip(table[10], table[0.1], strict=True)]
print("ratio of the first two:", *(f"{ratio:.0e}" for ratio in ratios))
