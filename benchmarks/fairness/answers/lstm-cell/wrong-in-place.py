# wrong: changes c
# says: in place|stay|changed
# part: step
import torch

def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = torch.chunk(weight_ih @ x + bias_ih + weight_hh @ h + bias_hh, 4)
    new = c.mul_(f.sigmoid()).add_(i.sigmoid() * g.tanh())
    return o.sigmoid() * new.tanh(), new
