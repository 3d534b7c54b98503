# wrong: leaves out the second bias
# says: bias|summand
# part: stack
import torch

def run_stack(X, layers):
    states = [torch.zeros(len(layer[1]), dtype=X.dtype) for layer in layers]
    history = []
    for token in X:
        below = token
        for number, (W_in, b_in, W_hid, b_hid) in enumerate(layers):
            below = (W_in @ below + b_in + W_hid @ states[number]).tanh()
            states[number] = below
        history.append(states[-1])
    return torch.stack(history), torch.stack(states)
