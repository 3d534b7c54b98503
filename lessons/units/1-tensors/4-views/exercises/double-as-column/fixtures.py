"""A tensor that is handed in and looked at again afterwards."""


def kept(values):
    return values.clone()
