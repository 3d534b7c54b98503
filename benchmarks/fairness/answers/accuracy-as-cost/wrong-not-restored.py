# wrong: the weights are not put back
# says: put the old value back|leaves each entry
# part: differences
import torch


def differences(model, x, labels, step):
    weight = model[0].weight
    share = lambda: (model(x).argmax(1) == labels).float().mean()
    result = torch.zeros_like(weight)
    with torch.no_grad():
        for i in range(weight.shape[0]):
            for j in range(weight.shape[1]):
                before = share()
                weight[i, j] += step
                result[i, j] = (share() - before) / step
    return result.detach()
