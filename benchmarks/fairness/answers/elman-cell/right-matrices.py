# right
# part: cell
import torch
from torch import nn

class ElmanCell(nn.Module):
    def __init__(self, embed_dim, hidden_dim):
        super().__init__()
        self.input_linear = nn.Linear(embed_dim, hidden_dim)
        self.hidden_linear = nn.Linear(hidden_dim, hidden_dim)
        self.reset()

    def reset(self):
        self.hidden = torch.zeros(self.input_linear.out_features)

    def forward(self, token):
        W, U = self.input_linear, self.hidden_linear
        z = W.weight @ token + W.bias + U.weight @ self.hidden + U.bias
        self.hidden = torch.tanh(z)
