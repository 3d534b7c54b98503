# right
# part: cell
from torch import nn

class AttentionCell(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.input_linear = nn.Linear(E, H)
        self.hidden_linear = nn.Linear(H, H)
        self.context_linear = nn.Linear(H, H)

    def forward(self, x, h, c):
        total = 0
        for layer, one in zip((self.input_linear, self.hidden_linear, self.context_linear), (x, h, c)):
            total = total + one @ layer.weight.mT + layer.bias
        return total.tanh()
