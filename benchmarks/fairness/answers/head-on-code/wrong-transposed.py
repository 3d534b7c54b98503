# wrong: multiplies from the other side
# says: side|transpos|order|size|shape|product
# part: neuron
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

def train_head(encoder, head, X, Y, eta, steps):
    codes = encoder(X).detach()
    labels = Y.to(codes.dtype)[:, None]
    sgd = torch.optim.SGD(head.parameters(), eta)
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
    return (W_enc * w[:, None]).sum(1)[: W_enc.shape[1]], w @ b_enc + b_head
