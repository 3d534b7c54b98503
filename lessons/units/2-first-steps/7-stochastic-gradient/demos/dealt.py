"""Ten samples, dealt out in mini-batches of four, in three epochs."""

import torch
from torch.utils.data import DataLoader

torch.manual_seed(0)
loader = DataLoader(range(10), batch_size=4, shuffle=True)

for epoch in range(3):
    print(f"epoch {epoch}:", *(batch.tolist() for batch in loader))
