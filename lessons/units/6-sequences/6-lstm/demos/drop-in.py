"""The same classifier with another layer, by overwriting one attribute."""

import torch
from torch import nn


class RNNClassifier(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.recurrent = nn.RNN(4, 6, layers)
        self.linear = nn.Linear(6, 2)

    def forward(self, embedded):
        history, _ = self.recurrent(embedded.unsqueeze(1))
        return self.linear(history[-1, 0]).log_softmax(dim=0)


class LSTMClassifier(RNNClassifier):
    def __init__(self, layers):
        super().__init__(layers)
        self.recurrent = nn.LSTM(4, 6, layers)


counts = {}
for kind in (RNNClassifier, LSTMClassifier):
    models = [kind(layers) for layers in (1, 2, 3)]
    counts[kind.__name__] = [sum(p.numel() for p in model.recurrent.parameters()) for model in models]
    print(kind.__name__, "gives", list(models[1](torch.randn(7, 4)).shape), "- parameters", counts[kind.__name__])
history, (h, c) = models[1].recurrent(torch.randn(7, 1, 4))
print("history", list(history.shape), "h", list(h.shape), "c", list(c.shape))
