# right
# part: load
import torch


def load_minibatch(dataset, size=16, generator=None):
    places = torch.randperm(len(dataset), generator=generator)[:size].tolist()
    pairs = [dataset[i] for i in places]
    return torch.stack([p for p, _ in pairs]) / 255, torch.tensor([t for _, t in pairs])
