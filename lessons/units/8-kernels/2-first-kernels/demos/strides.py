"""One storage, four tensors, and where their entry (1, 2) lies."""

import torch

x = torch.arange(20.0).reshape(4, 5)
tensors = {"x": x, "x.T": x.T, "x[:, ::2]": x[:, ::2], "x[0].expand(3, 5)": x[0].expand(3, 5)}
places = {}
for name, one in tensors.items():
    s0, s1 = one.stride()
    places[name] = 1 * s0 + 2 * s1
    print(f"{name:18} {tuple(one.shape)}, strides ({s0}, {s1}): (1, 2) is at {places[name]:2}, and is {one[1, 2]:.0f}")
