# wrong: samples can come twice
# says: twice|replacement
# part: load
import torch


def load_minibatch(dataset, size=16, generator=None):
    places = torch.randint(0, len(dataset), (size,), generator=generator).tolist()
    pairs = [dataset[i] for i in places]
    return torch.stack([p for p, _ in pairs]).float() / 255, torch.tensor([t for _, t in pairs])
