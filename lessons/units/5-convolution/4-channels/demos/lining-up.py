"""Windows of N pictures and C kernels: what lines up with what."""

import torch

kernels = torch.rand(4, 3, 3)
for N in (7, 4):
    windows = torch.rand(N, 3, 3)
    try:
        print(f"N = {N}, as they are:", tuple((windows * kernels).shape))
    except RuntimeError as error:
        message = str(error)
        print(f"N = {N}, as they are: RuntimeError: {message}")
    print(f"N = {N}, with a dimension of size 1:", tuple((windows.unsqueeze(1) * kernels).shape))
