# wrong: notes the shape of the input too
# says: input|shape|length|first
# part: shapes
import torch

def layer_shapes(model, x):
    shapes = [tuple(x.shape)]
    for part in (model.features, [torch.nn.Flatten()], model.classifier):
        for layer in part:
            x = layer(x)
            shapes.append(tuple(x.shape))
    return shapes
