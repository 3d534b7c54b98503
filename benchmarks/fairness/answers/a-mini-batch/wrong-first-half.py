# wrong: only the first half of the set has a chance
# says: quarter
# part: load
import torch


def load_minibatch(dataset, size=16, generator=None):
    places = torch.randperm(max(size, len(dataset) // 2), generator=generator)[:size].tolist()
    pairs = [dataset[i] for i in places]
    return torch.stack([p for p, _ in pairs]).float() / 255, torch.tensor([t for _, t in pairs])
