# right
# part: train
import torch
from torch import nn

def train(net, eta, n_epoch, train_loader):
    net.train()
    step_by = torch.optim.SGD(net.parameters(), eta)
    history = []
    for _ in range(n_epoch):
        for x, y in train_loader:
            step_by.zero_grad(set_to_none=False)
            criterion = nn.CrossEntropyLoss()
            loss = criterion(net(x), y)
            history.append(float(loss.detach()))
            loss.backward()
            step_by.step()
    return history
