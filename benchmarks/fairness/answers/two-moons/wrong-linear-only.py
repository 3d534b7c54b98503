# wrong: no activation between the layers
# says: activation|straight
# part: deep
import torch


def train_deep(X, Y):
    net = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.Linear(32, 1), torch.nn.Sigmoid())
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(500):
        optimizer.zero_grad()
        torch.nn.functional.binary_cross_entropy(net(X)[:, 0], Y).backward()
        optimizer.step()
    return net
