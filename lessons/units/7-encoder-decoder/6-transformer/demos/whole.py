"""A decoder with attention, trained on one sentence."""

import torch
from torch import nn

torch.manual_seed(0)
E, H, V = 5, 9, 23
embedding, output = nn.Embedding(V, E), nn.Linear(H, V)
of_token, of_state, of_context = nn.Linear(E, H), nn.Linear(H, H), nn.Linear(H, H)


def decode(annotations, target):
    state, written, cost = torch.zeros(H), [target[0]], 0.0
    for correct in target[1:]:
        token = embedding(written[-1])
        alpha = (annotations @ state).softmax(dim=0)
        context = alpha @ annotations
        state = torch.tanh(of_token(token) + of_state(state) + of_context(context))
        scores = output(state).log_softmax(dim=0)
        cost = cost - scores[correct]
        written.append(scores.argmax().detach())
    return written, cost


annotations, target = torch.randn(7, H), torch.tensor([2, 4, 10, 16, 1])
written, cost = decode(annotations, target)
print("written:", [token.item() for token in written])
print(f"cost of a token: {cost.item() / 4:.2f}")
cost.backward()
print("the context's layer learns:", bool(of_context.weight.grad.any()))
