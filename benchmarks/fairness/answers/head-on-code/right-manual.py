# right
# part: train
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

def train_head(encoder, head, X, Y, eta, steps):
    codes = encoder(X).detach()
    labels = Y.to(codes.dtype)[:, None]
    costs = []
    for _ in range(steps):
        p = torch.sigmoid(head(codes))
        loss = torch.nn.functional.binary_cross_entropy(p, labels)
        grads = torch.autograd.grad(loss, list(head.parameters()))
        costs.append(float(loss))
        for parameter, grad in zip(head.parameters(), grads):
            parameter.data.sub_(eta * grad)
    return costs


def as_neuron(W_enc, b_enc, W_head, b_head):
    w = W_head[0]
    return w @ W_enc, w @ b_enc + b_head
