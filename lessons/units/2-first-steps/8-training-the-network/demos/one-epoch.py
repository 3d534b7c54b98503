"""One epoch of stochastic gradient descent: cost and accuracy of each mini-batch."""

import torch
import torchvision
from torch import nn
from torch.utils.data import DataLoader
from torchvision.transforms import Compose, ConvertImageDtype, PILToTensor

from tutor import live

torch.manual_seed(0)
to_floats = Compose([PILToTensor(), ConvertImageDtype(torch.float)])
train_set = torchvision.datasets.FashionMNIST("data", train=True, download=True, transform=to_floats)
loader = DataLoader(train_set, batch_size=256, shuffle=True)

model = nn.Sequential(nn.Linear(784, 10), nn.LogSoftmax(dim=1))
loss_function = nn.NLLLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

losses, accuracies = [], []
for step, (images, labels) in enumerate(loader):  # 1. load a mini-batch
    optimizer.zero_grad()  # 2. reset the gradients
    logs = model(images.flatten(start_dim=1))  # 3. predictions
    loss = loss_function(logs, labels)  # 4. cost
    loss.backward()  # 5. stochastic gradient
    optimizer.step()  # 6. update

    right = logs.argmax(dim=1) == labels
    losses.append(loss.item())
    accuracies.append(right.float().mean().item())
    live.log({"train/loss": losses[-1], "train/accuracy": accuracies[-1]}, step=step)

print("mini-batches:", len(losses))
print(f"first mini-batch: cost {losses[0]:.2f}, accuracy {accuracies[0]:.2f}")
loss, accuracy = sum(losses[-20:]) / 20, sum(accuracies[-20:]) / 20
print(f"last twenty:      cost {loss:.2f}, accuracy {accuracy:.3f}")
print(f"accuracies among the last fifty: from {min(accuracies[-50:]):.2f} to {max(accuracies[-50:]):.2f}")
