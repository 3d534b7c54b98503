# wrong: the step size is not the argument
# says: step size
# part: step
import torch


def sgd_step(z, imgs, labels, alpha):
    z.zero_grad()
    cost = torch.nn.functional.cross_entropy(z(imgs.flatten(1)), labels)
    cost.backward()
    with torch.no_grad():
        for p in z.parameters():
            p -= 0.1 * p.grad
    return cost.item()
