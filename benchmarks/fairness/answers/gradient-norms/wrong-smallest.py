# wrong: takes the smallest
# says: largest|smallest|min|amin|every value is zero
# part: norms
import torch
from torch.nn.functional import nll_loss

def gradient_norms(model, sentences, labels, epochs, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    history = {name: [] for name, _ in model.named_parameters()}
    for _ in range(epochs):
        noted = {name: [] for name in history}
        for sentence, label in zip(sentences, labels, strict=True):
            cost = nll_loss(model(sentence), torch.tensor(label))
            optimizer.zero_grad()
            cost.backward()
            for name, parameter in model.named_parameters():
                noted[name].append(parameter.grad.abs().min().item())
            optimizer.step()
        for name, norms in noted.items():
            history[name].append(sum(norms) / len(norms))
    return history
