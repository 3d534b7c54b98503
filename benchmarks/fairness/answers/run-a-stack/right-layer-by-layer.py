# right
# part: stack
import torch


def run_stack(X, layers):
    rows, last = X, []
    for W_in, b_in, W_hid, b_hid in layers:
        h, out = torch.zeros_like(b_in), []
        for x in rows:
            h = torch.tanh(W_in.mv(x) + b_in + W_hid.mv(h) + b_hid)
            out.append(h)
        rows = torch.stack(out)
        last.append(h)
    return rows, torch.stack(last)
