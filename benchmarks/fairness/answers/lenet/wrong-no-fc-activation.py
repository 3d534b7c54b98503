# wrong: leaves out the ReLU behind fc
# says: activation|ReLU|relu
# part: network
import torch
from torch import nn

class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.conv3 = nn.Conv2d(16, 120, kernel_size=5)
        self.fc = nn.Linear(120, 84)
        self.fc_output = nn.Linear(84, 10)

    def forward(self, x):
        for layer in (self.conv1, self.conv2):
            x = nn.functional.max_pool2d(nn.functional.relu(layer(x)), kernel_size=2)
        x = nn.functional.relu(self.conv3(x))
        x = self.fc(x.flatten(1))
        return self.fc_output(x)


def altered(images, seed):
    draw = torch.Generator().manual_seed(seed)
    n, _, h, w = images.shape
    corner = torch.randint(0, 5, (n, 2), generator=draw).tolist()
    mirrored = (torch.rand(n, generator=draw) < 0.5).tolist()
    framed = nn.functional.pad(images, (2, 2, 2, 2))
    cut = [one[:, r : r + h, c : c + w] for one, (r, c) in zip(framed, corner, strict=True)]
    return torch.stack([one.flip(-1) if turned else one for one, turned in zip(cut, mirrored, strict=True)])


def over_fits(history):
    costs = history["test_cost"]
    late = sum(costs[-3:]) / 3
    gap = history["train_acc"][-1] - history["test_acc"][-1]
    return gap >= 0.04 and late >= 1.1 * min(costs)
