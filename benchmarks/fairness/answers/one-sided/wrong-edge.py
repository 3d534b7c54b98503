# wrong: repeats the border instead of zeros
# says: zeros|border|repeat|edge
# part: sides
import torch

def one_sided(layer, image):
    rows, columns = layer.weight.shape[2:]
    larger = torch.zeros(1, 1, image.shape[2] + rows - 1, image.shape[3] + columns - 1)
    larger[:, :, rows - 1 :, columns - 1 :] = image
    return layer(image), layer(torch.nn.functional.pad(image, (columns - 1, 0, rows - 1, 0), mode='replicate'))
