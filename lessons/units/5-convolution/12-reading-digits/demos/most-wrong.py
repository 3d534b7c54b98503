"""Which digits are taken for which, and the ones that were read most wrongly."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torchvision.datasets import MNIST

from tutor import live

data, test = (MNIST("data", train=train, download=True) for train in (True, False))
X, Y = data.data[:1437, None] / 255, data.targets[:1437]
torch.manual_seed(1)
net = nn.Sequential(
    nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
)  # fmt: skip
optimizer = torch.optim.SGD(net.parameters(), lr=0.3)
falling = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.02, total_iters=15)
for _ in live.progress(range(15)):
    for part in torch.randperm(len(X)).split(64):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(X[part]), Y[part]).backward()
        optimizer.step()
    falling.step()

with torch.no_grad():
    logs = torch.log_softmax(net(test.data[:, None] / 255), dim=1)
read, truth = logs.argmax(dim=1), test.targets
matrix = torch.zeros(10, 10, dtype=torch.int64)
for label, guess in zip(truth.tolist(), read.tolist(), strict=True):
    matrix[label, guess] += 1
plt.imshow(matrix, cmap="gray")
for row in range(10):
    for column in range(10):
        plt.text(column, row, str(int(matrix[row, column])))
plt.xlabel("read as")
plt.ylabel("is")
plt.show()
worst = logs[torch.arange(len(truth)), truth].argsort()[:5]
live.show(test.data[worst, None], title=[f"{int(read[one])}, is {int(truth[one])}" for one in worst])
print(f"{int(matrix.trace())} of {len(truth)} are right")
