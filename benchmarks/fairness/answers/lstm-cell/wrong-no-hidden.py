# wrong: forgets the old state h
# says: h|state|weight_hh|ignor
# part: step
import torch

def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    i, f, g, o = torch.chunk(weight_ih @ x + bias_ih + bias_hh, 4)
    new = f.sigmoid() * c + i.sigmoid() * g.tanh()
    return o.sigmoid() * new.tanh(), new
