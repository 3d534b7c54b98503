# wrong: a random run of neighbours
# says: next to each other|follow each other
# part: load
import torch


def load_minibatch(dataset, size=16, generator=None):
    start = torch.randint(0, len(dataset) - size + 1, (1,), generator=generator).item()
    pairs = [dataset[i] for i in range(start, start + size)]
    return torch.stack([p for p, _ in pairs]).float() / 255, torch.tensor([t for _, t in pairs])
