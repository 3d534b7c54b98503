# wrong: leaves out a bias
# says: bias|summand
# part: step
import torch

def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = torch.chunk(weight_ih @ x + bias_ih + weight_hh @ h, 4)
    new = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * new.tanh(), new
