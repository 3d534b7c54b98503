# wrong: adds the old state
# says: old state|state|adds|residual|added once too often
# part: cell
from torch import nn

class AttentionCell(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.input_linear = nn.Linear(E, H)
        self.hidden_linear = nn.Linear(H, H)
        self.context_linear = nn.Linear(H, H)

    def forward(self, x, h, c):
        return (self.input_linear(x) + self.hidden_linear(h) + self.context_linear(c)).tanh() + h
