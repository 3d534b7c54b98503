import torch


class BN(torch.nn.Module):
    def __init__(self, in_features):
        super().__init__()
        raise NotImplementedError
