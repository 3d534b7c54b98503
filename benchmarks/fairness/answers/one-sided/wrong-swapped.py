# wrong: gives the two in the wrong order
# says: order|swap
# part: sides
import torch

def one_sided(layer, image):
    rows, columns = layer.weight.shape[2:]
    larger = torch.zeros(1, 1, image.shape[2] + rows - 1, image.shape[3] + columns - 1)
    larger[:, :, rows - 1 :, columns - 1 :] = image
    return layer(larger), layer(image)
