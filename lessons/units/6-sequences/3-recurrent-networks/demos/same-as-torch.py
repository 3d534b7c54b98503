"""A loop over the tokens, and nn.RNN with the same parameters."""

import torch

torch.manual_seed(0)
T, E, H = 7, 4, 6
rnn = torch.nn.RNN(E, H)
X = torch.randn(T, E)
history, last = rnn(X)
print("history", tuple(history.shape), "last states", tuple(last.shape))

for name, parameter in rnn.named_parameters():
    print(f"{name:13} {tuple(parameter.shape)}")
W_in, W_hid, b_in, b_hid = (parameter.detach() for parameter in rnn.parameters())
state = torch.zeros(H)
for t in range(T):
    state = torch.tanh(W_in @ X[t] + b_in + W_hid @ state + b_hid)
gap = (state - history[-1]).abs().max().item()
print(f"largest difference after {T} tokens: {gap:.0e}")
