# wrong: takes the last of equal costs
# says: first|equal|last of several
# part: fit
import copy
import torch
from torch.nn.functional import cross_entropy

def fit(net, eta, n_epoch, train_loader, X_val, Y_val):
    sgd = torch.optim.SGD(net.parameters(), eta)
    history, lowest = [], None
    for epoch in range(n_epoch):
        net.train()
        for x, y in train_loader:
            loss = cross_entropy(net(x), y)
            sgd.zero_grad()
            loss.backward()
            sgd.step()
        net.eval()
        with torch.no_grad():
            history.append(cross_entropy(net(X_val), Y_val).item())
        if lowest is None or history[-1] <= lowest[0]:
            lowest = history[-1], epoch, copy.deepcopy(net.state_dict())
    net.load_state_dict(lowest[2])
    return history, lowest[1]
