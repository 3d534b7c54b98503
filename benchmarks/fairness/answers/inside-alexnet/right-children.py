# right
# part: shapes
import torch

def layer_shapes(model, x):
    shapes = []
    for child in model.features.children():
        x = child(x)
        shapes.append(x.shape)
    x = torch.flatten(x, 1)
    shapes.append(x.shape)
    for child in model.classifier.children():
        x = child(x)
        shapes.append(x.size())
    return shapes
