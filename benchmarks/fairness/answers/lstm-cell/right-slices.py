# right
# part: step
import torch

def lstm_step(x, h, c, weight_ih, weight_hh, bias_ih, bias_hh):
    H = len(h)
    s = torch.nn.functional.linear(x, weight_ih, bias_ih) + torch.nn.functional.linear(h, weight_hh, bias_hh)
    i, f, o = (1 / (1 + torch.exp(-s[k * H : (k + 1) * H])) for k in (0, 1, 3))
    g = torch.tanh(s[2 * H : 3 * H])
    c = f * c + i * g
    return torch.tanh(c) * o, c
