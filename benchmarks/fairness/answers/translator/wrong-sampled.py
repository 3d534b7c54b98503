# wrong: samples the token
# says: probable|largest|random|sampl
# part: translate
import torch
from torch import nn
from tutor import live
END = 1
START = 2

class Translator(nn.Module):
    def __init__(self, source_size, target_size, E, H):
        super().__init__()
        self.source_embedding = nn.Embedding(source_size, E)
        self.encoder = nn.LSTM(E, H)
        self.target_embedding = nn.Embedding(target_size, E)
        self.cell = nn.RNNCell(E, H)
        self.output = nn.Linear(H, target_size)

    def forward(self, source, target, forced=False):
        history, _ = self.encoder(self.source_embedding(source)[:, None])
        state, token = history[-1, 0], target[0]
        tokens, cost = [], 0.0
        for correct in target[1:]:
            state = self.cell(self.target_embedding(token), state)
            log_probs = self.output(state).log_softmax(dim=0)
            cost = cost - log_probs[correct]
            tokens.append(int(log_probs.argmax()))
            if tokens[-1] == END and not forced:
                break
            token = correct if forced else torch.tensor(tokens[-1])
        return tokens, cost


@torch.no_grad()
def translate(model, source, most):
    history, _ = model.encoder(model.source_embedding(source)[:, None])
    state, tokens = history[-1, 0], [START]
    while len(tokens) <= most and tokens[-1] != END:
        state = model.cell(model.target_embedding(torch.tensor(tokens[-1])), state)
        tokens.append(int(torch.multinomial(model.output(state).softmax(0), 1)))
    return tokens[1:]


def train(model, pairs, epochs, lr, forced):
    optimizer, costs = torch.optim.Adam(model.parameters(), lr=lr), []
    for epoch in range(epochs):
        epoch_costs = []
        for source, target in pairs:
            optimizer.zero_grad()
            _, cost = model(source, target, forced)
            cost.backward()
            optimizer.step()
            epoch_costs.append(cost.item())
        costs.append(sum(epoch_costs) / len(epoch_costs))
        live.log({("forced" if forced else "free") + "/cost": costs[-1]}, step=epoch)
    return costs
