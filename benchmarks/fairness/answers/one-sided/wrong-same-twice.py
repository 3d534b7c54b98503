# wrong: does not pad at all
# says: pad|zeros|size|shape
# part: sides
import torch

def one_sided(layer, image):
    rows, columns = layer.weight.shape[2:]
    larger = torch.zeros(1, 1, image.shape[2] + rows - 1, image.shape[3] + columns - 1)
    larger[:, :, rows - 1 :, columns - 1 :] = image
    return layer(image), layer(image)
