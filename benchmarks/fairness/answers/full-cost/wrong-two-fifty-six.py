# wrong: divided by 256
# says: 256
# part: pixels
import numpy as np
import torch


def pixels(image):
    return torch.tensor(np.array(image), dtype=torch.float32)[None] / 256
