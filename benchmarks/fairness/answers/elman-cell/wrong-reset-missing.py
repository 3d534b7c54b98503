# wrong: reset does nothing
# says: reset|zeros|reset
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
        if not hasattr(self, 'hidden'):
            self.hidden = torch.zeros(self.input_linear.out_features)

    def forward(self, token):
        memory = self.hidden_linear(self.hidden)
        self.hidden = (self.input_linear(token) + memory).tanh()
