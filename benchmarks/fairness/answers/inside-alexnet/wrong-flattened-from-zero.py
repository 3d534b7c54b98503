# wrong: flattens the batch dimension too
# says: batch|dimension|flatten|shape
# part: shapes
import torch

def layer_shapes(model, x):
    shapes = []
    for part in (model.features, [torch.nn.Flatten(0)], model.classifier):
        for layer in part:
            x = layer(x)
            shapes.append(tuple(x.shape))
    return shapes
