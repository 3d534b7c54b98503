# wrong: gives numbers of entries
# says: tuple|shape
# part: shapes
import torch

def layer_shapes(model, x):
    shapes = []
    for part in (model.features, [torch.nn.Flatten()], model.classifier):
        for layer in part:
            x = layer(x)
            shapes.append(x.numel())
    return shapes
