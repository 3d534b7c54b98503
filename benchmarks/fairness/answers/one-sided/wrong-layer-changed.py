# wrong: changes the padding of the layer
# says: layer|stay|padding
# part: sides
import torch

def one_sided(layer, image):
    rows, columns = layer.weight.shape[2:]
    larger = torch.zeros(1, 1, image.shape[2] + rows - 1, image.shape[3] + columns - 1)
    larger[:, :, rows - 1 :, columns - 1 :] = image
    plain = layer(image)
    layer.padding = (rows - 1, columns - 1)
    return plain, layer(image)[:, :, : image.shape[2], : image.shape[3]]
