"""The softmax of a few vectors: how large a lead makes it certain."""

import torch


def with_lead(lead):
    """The softmax of four sums, of which the second is larger than the others by so much."""
    return torch.softmax(torch.tensor([1.0, 1.0 + lead, 1.0, 1.0]), dim=0)


for lead in (0.0, 0.1, 1.0, 3.0, 10.0):
    y = with_lead(lead)
    print(f"lead {lead:4}:", " ".join(f"{one:.5f}" for one in y), " sum", round(y.sum().item(), 4))

z = torch.tensor([2.0, -1.0, 0.5, 1.0])
before, after = torch.softmax(z, dim=0), torch.softmax(z + 100, dim=0)
print("softmax(z)      ", before)
print("softmax(z + 100)", after)
