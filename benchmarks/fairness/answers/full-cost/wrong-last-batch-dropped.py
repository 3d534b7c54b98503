# wrong: the last pictures are left out
# says: smaller mini-batch|leaves out
# part: cost
import torch


def full_cost(z, images, labels):
    total, n = 0.0, 0
    with torch.no_grad():
        for i in range(0, len(images) - len(images) % 32, 32):
            X, Y = images[i : i + 32].flatten(1), labels[i : i + 32]
            total += torch.nn.functional.cross_entropy(z(X), Y, reduction="sum").item()
            n += len(Y)
    return total / max(n, 1)
