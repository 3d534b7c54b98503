# wrong: couples the gates: 1 - forget gate for the input gate
# says: input gate|1 -|forget
# part: step
import torch

def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = torch.chunk(weight_ih @ x + bias_ih + weight_hh @ h + bias_hh, 4)
    new = f.sigmoid() * c + (1 - f.sigmoid()) * g.tanh()
    return o.sigmoid() * new.tanh(), new
