"""The windows of a small picture, one in each column."""

import torch
from torch.nn import functional as F

picture = torch.arange(12.0).reshape(1, 1, 3, 4)
print(picture[0, 0].int())
columns = F.unfold(picture, kernel_size=2)
print(columns[0].int())
print(f"{picture.numel()} numbers in the picture, {columns.numel()} in the columns")
shares = {name: 9 * side * side / (side + 2) ** 2 for name, side in (("28 x 28", 28), ("224 x 224", 224))}
print("a 3 x 3 kernel, outputs of", {name: f"{share:.1f} times the padded input" for name, share in shares.items()})
