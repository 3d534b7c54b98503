"""A loop over the tokens, and nn.RNN with the same parameters."""

import torch

torch.manual_seed(0)
T, E, H = 7, 4, 6
rnn = torch.nn.RNN(E, H)
X = torch.randn(T, E)
history, last = rnn(X)
print("history", tuple(history.shape), "last states", tuple(last.shape))

own = {name: parameter.detach() for name, parameter in rnn.named_parameters()}
for name, parameter in own.items():
    print(f"{name:13} {tuple(parameter.shape)}")
state = torch.zeros(H)
for t in range(T):
    state = torch.cat([X[t], state, torch.ones(2)]) @ torch.cat([*(own[f"{kind}_l0"].reshape(H, -1) for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))], dim=1).T
    state = state.tanh()
gap = (state - history[-1]).abs().max().item()
print(f"largest difference after {T} tokens: {gap:.0e}")
