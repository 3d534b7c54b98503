"""LeNet-5 with ReLU and max-pooling, for 28 x 28."""

import torch
from torch import nn
from torch.nn import functional as F

from grader.spec import Rng, alternative, cases, edit, edit_alternative, script


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.conv3 = nn.Conv2d(16, 120, 5)
        self.fc = nn.Linear(120, 84)
        self.fc_output = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.conv3(x))
        x = x.reshape(len(x), 120)
        return self.fc_output(F.relu(self.fc(x)))


@cases("network")
def pictures(rng: Rng):
    s = script("seven pictures, and one")
    net = s.new("LeNet")
    s.observe(net, "parameters", "loose", label="what it holds")
    shapes = {name: tuple(one.shape) for name, one in LeNet().named_parameters()}
    s.set(net, {name: rng.normal(*shape) / (3 if len(shape) == 1 else (shape[-1] ** 2 * shape[1]) ** 0.5 if len(shape) == 4 else shape[1] ** 0.5) for name, shape in shapes.items()})
    s.call(net, rng.normal(7, 1, 28, 28), label="seven pictures")
    s.call(net, rng.normal(1, 1, 28, 28), label="one picture")
    s.eval(net)
    s.call(net, rng.normal(3, 1, 28, 28), label="in prediction mode")
    yield s


@alternative(part="network")
class WithModules(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels=1, out_channels=6, kernel_size=(5, 5), padding=(2, 2))
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)
        self.conv2 = nn.Conv2d(in_channels=6, out_channels=16, kernel_size=(5, 5))
        self.conv3 = nn.Conv2d(in_channels=16, out_channels=120, kernel_size=(5, 5))
        self.fc = nn.Linear(in_features=120, out_features=84)
        self.fc_output = nn.Linear(in_features=84, out_features=10)

    def forward(self, x):
        for convolution in (self.conv1, self.conv2):
            x = self.pool(self.relu(convolution(x)))
        x = self.relu(self.conv3(x)).squeeze(3).squeeze(2)
        return self.fc_output(self.relu(self.fc(x)))


@alternative(part="network")
class PooledFirst(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, 1, 2), nn.Conv2d(6, 16, 5)
        self.conv3 = nn.Conv2d(16, 120, 5)
        self.fc, self.fc_output = nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), (2, 2)))
        x = F.relu(F.max_pool2d(self.conv2(x), (2, 2)))
        x = F.relu(F.conv2d(x, self.conv3.weight, self.conv3.bias))
        x = torch.flatten(x, 1)
        return self.fc_output(self.fc(x).clamp(min=0))


edit_alternative("flattened", part="network", replace=("x.reshape(len(x), 120)", "x.flatten(1)"))
edit_alternative("viewed", part="network", replace=("x.reshape(len(x), 120)", "x.view(x.shape[0], x.shape[1])"))
edit_alternative("same", part="network", replace=("padding=2", "padding=\"same\""))

edit(
    "softmax-at-the-end",
    "Ends with a softmax.",
    hint="Scores are asked for. The cost takes the softmax itself.",
    part="network",
    replace=("return self.fc_output(F.relu(self.fc(x)))", "return F.softmax(self.fc_output(F.relu(self.fc(x))), dim=1)"),
)
edit(
    "relu-at-the-end",
    "Has a ReLU behind the last layer.",
    hint="Scores may be negative: there is no ReLU behind the last layer.",
    part="network",
    replace=("return self.fc_output(F.relu(self.fc(x)))", "return F.relu(self.fc_output(F.relu(self.fc(x))))"),
)
edit(
    "no-relu",
    "Leaves out the ReLU between the two linear layers.",
    hint="Two linear layers in a row are a single one. What stands between them?",
    part="network",
    replace=("F.relu(self.fc(x))", "self.fc(x)"),
)
edit(
    "averages",
    "Pools by the mean.",
    hint="The table says max-pooling.",
    part="network",
    replace=("x = F.max_pool2d(F.relu(self.conv2(x)), 2)", "x = F.avg_pool2d(F.relu(self.conv2(x)), 2)"),
)
edit(
    "no-relu-behind-a-convolution",
    "Leaves out the ReLU behind the third convolution.",
    hint="There is a ReLU behind each convolution, the third too.",
    part="network",
    replace=("x = F.relu(self.conv3(x))", "x = self.conv3(x)"),
)
edit(
    "no-padding",
    "Does not pad in the first convolution.",
    hint="Without padding 28 becomes 24, 12, 8 and 4: too small for a kernel of 5. The first convolution needs two zeros at each edge.",
    part="network",
    replace=(", padding=2", ""),
    when=lambda got, ref, inputs: "Kernel size can't be greater" in inputs["raised"],
)
