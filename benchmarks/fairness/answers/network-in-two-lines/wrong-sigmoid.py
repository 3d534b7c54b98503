# wrong: a sigmoid instead of a softmax
# says: sigmoid
# part: network
from torch import nn


def network():
    return nn.Linear(784, 10), nn.Sigmoid()
