# wrong: the first ones instead of random ones
# says: first|order|shuffl
# part: load
import torch


def load_minibatch(dataset, size=16, generator=None):
    pairs = [dataset[i] for i in range(size)]
    return torch.stack([p for p, _ in pairs]).float() / 255, torch.tensor([t for _, t in pairs])
