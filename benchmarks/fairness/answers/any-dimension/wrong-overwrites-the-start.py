# wrong: the parameters of the start are changed in place
# says: in place|writes into
# part: train
import torch


def train_vec(X, Y, alpha, n_iter, w0, b0):
    costs = []
    for _ in range(n_iter):
        y = torch.sigmoid(torch.mv(X, w0) + b0)
        grad_w, grad_b = torch.mv(X.T, y - Y) / len(Y), (y - Y).mean()
        w0.sub_(alpha * grad_w)
        b0.sub_(alpha * grad_b)
        z = torch.mv(X, w0) + b0
        costs.append(torch.nn.functional.binary_cross_entropy_with_logits(z, Y.double()))
    return w0, b0, torch.stack(costs)
