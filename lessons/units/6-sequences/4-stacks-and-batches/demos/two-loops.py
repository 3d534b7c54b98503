"""Two cells, one after the other at each token, and nn.RNN with two layers."""

import torch

torch.manual_seed(0)
T, E, H = 7, 4, 6
rnn = torch.nn.RNN(E, H, num_layers=2)
low, high = torch.nn.RNNCell(E, H), torch.nn.RNNCell(H, H)
for layer, cell in enumerate((low, high)):
    cell.load_state_dict({name: rnn.state_dict()[f"{name}_l{layer}"] for name in cell.state_dict()})

X = torch.randn(T, E)
h1 = h2 = torch.zeros(H)
for token in X:
    h1 = low(token, h1)
    h2 = high(h1, h2)  # what the first cell has just made
history, last = rnn(X)
gaps = [(one - other).abs().max().item() for one, other in ((h2, history[-1]), (h1, last[0]), (h2, last[1]))]
print("history", tuple(history.shape), "last states", tuple(last.shape))
print("largest differences:", gaps)
