# wrong: ignores the rate
# says: rate|eta|ignor|rate
# part: train
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

def train_head(encoder, head, X, Y, eta, steps):
    codes = encoder(X).detach()
    labels = Y.to(codes.dtype)[:, None]
    sgd = torch.optim.SGD(head.parameters(), 0.1)
    costs = []
    for _ in range(steps):
        loss = cross_entropy(head(codes), labels)
        costs.append(loss.item())
        sgd.zero_grad()
        loss.backward()
        sgd.step()
    return costs


def as_neuron(W_enc, b_enc, W_head, b_head):
    w = W_head[0]
    return w @ W_enc, w @ b_enc + b_head
