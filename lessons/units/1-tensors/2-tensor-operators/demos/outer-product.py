"""The same two vectors: as row times column, and as column times row."""

import torch

row = torch.tensor([1, 2, 3, 4]).reshape(1, 4)
column = torch.tensor([5, 6, 7, 8]).reshape(4, 1)
print("row @ column:", row @ column, "column @ row:", column @ row, sep="\n")
