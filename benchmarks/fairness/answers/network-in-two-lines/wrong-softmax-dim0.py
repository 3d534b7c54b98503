# wrong: the softmax adds up over the pictures
# says: pictures|dim
# part: network
from torch import nn


def network():
    return nn.Linear(784, 10), nn.Softmax(dim=0)
