"""Views of pictures with other strides."""


def channels_last(x):
    """The last dimension as the channels, without a copy."""
    return x.permute(0, 3, 1, 2)


def thinned(x):
    """Every second row and column of pixels."""
    return x[:, :, ::2, ::2]
