"""What a mask hides: each token sees itself and those before it."""

import torch
from torch import nn
from tutor import live

torch.manual_seed(0)
attention = nn.MultiheadAttention(12, 1)
tokens = torch.randn(8, 12)
hidden = torch.arange(8) > torch.arange(8)[:, None]
result, weights = attention(tokens, tokens, tokens, attn_mask=hidden)
live.show(torch.stack([hidden.float(), weights.detach()]), title=["hidden", "weights"])

changed = tokens.clone()
changed[5] = 0
difference = attention(changed, changed, changed, attn_mask=hidden)[0] - result
moved = [place for place in range(8) if difference[place].abs().max() > 1e-6]
print("token 5 is another one now; rows that have changed:", moved)
