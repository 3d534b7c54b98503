# wrong: trains one model on for all lambdas
# says: afresh|same model|on|another
# part: choose
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from tutor import live

def l1_penalty(model, lam):
    weights = [layer.weight.flatten() for layer in model.modules() if isinstance(layer, nn.Linear)]
    return lam * torch.cat(weights).abs().sum()


def choose(X, Y, X_val, Y_val, lams):
    one = trained(X, Y, lams[0])
    models = [one for lam in lams]
    val = [cost_of(model, X_val, Y_val) for model in models]
    for step, cost in enumerate(val):
        live.log({"val/cost": cost}, step=step)
    best = val.index(min(val))
    return lams[best], models[best], val


def trained(X, Y, lam):
    model = nn.Linear(X.shape[1], 1).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(500):
        optimizer.zero_grad()
        (cross_entropy(model(X).squeeze(1), Y) + l1_penalty(model, lam)).backward()
        optimizer.step()
    return model


@torch.no_grad()
def cost_of(model, X, Y):
    return cross_entropy(model(X).squeeze(1), Y).item()
