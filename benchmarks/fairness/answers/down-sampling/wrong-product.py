# wrong: multiplies the two
# says: add|sum|product|multipl
# part: block
from torch import nn

class ResBlockDownSamp(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        wide = in_channels * 2
        self.path = nn.Sequential(
            nn.Conv2d(in_channels, wide, kernel_size=3, padding=1, stride=2, bias=False),
            nn.BatchNorm2d(wide),
            nn.ReLU(),
            nn.Conv2d(wide, wide, kernel_size=3, padding="same", bias=False),
            nn.BatchNorm2d(wide),
        )
        self.skip = nn.Conv2d(in_channels, wide, kernel_size=1, stride=2, bias=False)

    def forward(self, X):
        around = self.skip(X)
        return nn.functional.relu(around * self.path(X))
