# right
# part: block
import torch
import torch.nn.functional as F


def block(x, w, heads):
    T, E = x.shape
    d = E // heads
    qkv = x @ w["self_attn.in_proj_weight"].T + w["self_attn.in_proj_bias"]
    q, k, v = qkv[:, :E], qkv[:, E : 2 * E], qkv[:, 2 * E :]
    outs = []
    for head in range(heads):
        part = slice(head * d, (head + 1) * d)
        a = torch.softmax(q[:, part] @ k[:, part].T / d**0.5, dim=-1)
        outs.append(a @ v[:, part])
    x = x + torch.cat(outs, dim=1) @ w["self_attn.out_proj.weight"].T + w["self_attn.out_proj.bias"]
    x = F.layer_norm(x, (E,), w["norm1.weight"], w["norm1.bias"])
    hidden = (x @ w["linear1.weight"].T + w["linear1.bias"]).clamp(min=0)
    x = x + hidden @ w["linear2.weight"].T + w["linear2.bias"]
    return F.layer_norm(x, (E,), w["norm2.weight"], w["norm2.bias"])
