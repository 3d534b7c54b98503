# wrong: leaves out the base rate
# says: times the right|factor|base|differ
# part: lars

import torch


def lars_step(ws, grads, base_lr, eta, wd):
    out = []
    for w, g in zip(ws, grads):
        rate = eta * w.norm() / (g.norm() + wd * w.norm())
        out.append(w - rate * (g + wd * w))
    return out
