"""A layer that can be told by what it does to a number, in the place of dropout."""

from torch import nn


class Marker(nn.Module):
    """Doubles its input and adds 1."""

    def forward(self, x):
        return 2 * x + 1


def marker():
    return Marker()


def different(model):
    """Whether no layer of a network stands in it twice."""
    return len({id(layer) for layer in model}) == len(model)


def model_of(models, name):
    """The model of a name, or what gives nothing where there is none."""
    found = models.get(name) if isinstance(models, dict) else None
    return found if isinstance(found, nn.Module) else Nothing()


class Nothing(nn.Module):
    def forward(self, x):
        return None
