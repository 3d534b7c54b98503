# wrong: never makes a step
# says: step|parameter|stay|step
# part: train
import torch
from torch import nn

def train(net, eta, n_epoch, train_loader):
    net.train()
    step_by = torch.optim.SGD(net.parameters(), eta)
    history = []
    for _ in range(n_epoch):
        for x, y in train_loader:
            loss = nn.functional.cross_entropy(net(x), y)
            step_by.zero_grad()
            loss.backward()
            history.append(loss.item())
    return history
