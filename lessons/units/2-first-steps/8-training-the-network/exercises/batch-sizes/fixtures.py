"""Data sets of pictures that are handed in."""

from torch.utils.data import TensorDataset


def data_set(images, labels):
    return TensorDataset(images, labels)


def model_of(rows, number):
    """The model of a row, or what gives nothing where there is none."""
    try:
        model = rows[number]["model"]
    except (IndexError, KeyError, TypeError):
        return nothing
    return model if callable(model) else nothing


def nothing(images):
    return None
