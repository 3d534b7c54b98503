# wrong: multiplies by the values of Y2
# says: ReLU|Y2|values|mask|derivative
# part: gradient
import torch

def input_gradient(dY, Y2, J):
    through = dY * Y2.clamp(min=0)
    return through @ J + through
