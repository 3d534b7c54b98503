"""Training until everything is known by heart, and what the test set says of it."""

import torch
from torch import nn
from tutor import live


def curves(
    model: nn.Module, train: list[tuple[torch.Tensor, int]], test: list[tuple[torch.Tensor, int]], epochs: int, lr: float
) -> dict[str, list[float]]:
    """The mean costs after each epoch, for "train" and "test"."""
    raise NotImplementedError("write curves")


class Network(nn.Module):
    """A small recurrent network, to try it with."""

    def __init__(self) -> None:
        super().__init__()
        self.table, self.cell, self.head = nn.Embedding(30, 8), nn.RNNCell(8, 24), nn.Linear(24, 2)

    def forward(self, sentence: torch.Tensor) -> torch.Tensor:
        state = torch.zeros(24)
        for vector in self.table(sentence):
            state = self.cell(vector, state)
        return torch.log_softmax(self.head(state), dim=0)


if __name__ == "__main__":
    torch.manual_seed(0)
    sets = [[(torch.randint(0, 30, (6,)), int(number % 2)) for number in range(size)] for size in (20, 60)]
    found = curves(Network(), *sets, 40, 0.05)
    for epoch, (seen, fresh) in enumerate(zip(found["train"], found["test"], strict=True)):
        live.log({"train/cost": seen, "test/cost": fresh}, step=epoch)
