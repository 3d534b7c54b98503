# wrong: the gradient is divided by 16 once more
# says: once more|divide
# part: step
import torch


def sgd_step(z, imgs, labels, alpha):
    z.zero_grad()
    cost = torch.nn.functional.cross_entropy(z(imgs.flatten(1)), labels)
    cost.backward()
    with torch.no_grad():
        for p in z.parameters():
            p -= alpha * p.grad / len(imgs)
    return cost.item()
