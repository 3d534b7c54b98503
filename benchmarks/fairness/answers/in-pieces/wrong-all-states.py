# wrong: returns all states
# says: after all|last|shape
# part: last
def last_state(cell, X, h, length):
    import torch

    states = []
    for t, x in enumerate(X):
        h = cell(x, h.detach() if t % length == 0 else h)
        states.append(h)
    return torch.stack(states)
