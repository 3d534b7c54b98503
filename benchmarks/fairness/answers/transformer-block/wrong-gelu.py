# wrong: takes GELU
# says: ReLU|activation|GELU
# part: block
from torch.nn.functional import layer_norm, linear

def attend(x, w, heads):
    parts = linear(x, w["self_attn.in_proj_weight"], w["self_attn.in_proj_bias"]).chunk(3, dim=1)
    q, k, v = (one.unflatten(1, (heads, -1)).transpose(0, 1) for one in parts)
    weights = (q @ k.mT / q.shape[2] ** 0.5).softmax(2)
    joined = (weights @ v).transpose(0, 1).flatten(1)
    return linear(joined, w["self_attn.out_proj.weight"], w["self_attn.out_proj.bias"])


def feed(z, w):
    return linear(linear(z, w["linear1.weight"], w["linear1.bias"]).mul(1.0).sigmoid(), w["linear2.weight"], w["linear2.bias"])


def block(x, w, heads):
    E = x.shape[1:]
    z = layer_norm(x + attend(x, w, heads), E, w["norm1.weight"], w["norm1.bias"])
    return layer_norm(z + feed(z, w), E, w["norm2.weight"], w["norm2.bias"])
