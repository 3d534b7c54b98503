"""Ten samples, dealt out in mini-batches of four, in three epochs."""

import torch
from torch.utils.data import DataLoader

from tutor import live

torch.manual_seed(0)
loader = DataLoader(range(10), batch_size=4, shuffle=True)

epochs = []
for epoch in range(3):
    batches = [batch.tolist() for batch in loader]
    print(f"epoch {epoch}:", *batches)
    epochs.append([sample for batch in batches for sample in batch])

live.log(
    {
        "each once": all(sorted(epoch) == list(range(10)) for epoch in epochs),
        "split anew": epochs[0] != epochs[1] != epochs[2],
    }
)
