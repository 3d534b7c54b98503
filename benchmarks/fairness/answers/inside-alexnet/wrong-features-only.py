# wrong: leaves out the classifier
# says: classifier|shape|length|entries
# part: shapes
import torch

def layer_shapes(model, x):
    shapes = []
    for part in (model.features, [torch.nn.Flatten()]):
        for layer in part:
            x = layer(x)
            shapes.append(tuple(x.shape))
    return shapes
