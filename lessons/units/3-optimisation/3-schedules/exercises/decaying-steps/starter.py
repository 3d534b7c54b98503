"""Gradient descent with a decaying rate on the eggholder."""

import torch


def eggholder(w: torch.Tensor) -> torch.Tensor:
    """The height of the surface at a point (x, y)."""
    x, y = w
    return -(y + 47) * torch.sin((y + x / 2 + 47).abs().sqrt()) - x * torch.sin((x - y - 47).abs().sqrt())


def gd_decay(start: torch.Tensor, alpha0: float, gamma: float, steps: int) -> torch.Tensor:
    """All points from the start to the end: size (steps + 1, 2), float64."""
    raise NotImplementedError("write gd_decay")


def settings() -> list[tuple[tuple[float, float], float, float, int]]:
    """Two settings (start, alpha0, gamma, steps), one for each minimum."""
    raise NotImplementedError("find two settings, and return them in settings")


if __name__ == "__main__":
    for start, alpha0, gamma, steps in settings():
        for name, factor in (("decaying", gamma), ("constant", 1.0)):
            history = gd_decay(torch.tensor(start, dtype=torch.float64), alpha0, factor, steps)
            end = history[-1].detach().requires_grad_()
            eggholder(end).backward()
            print(
                f"{name}: ends at {[round(one, 3) for one in end.tolist()]}, f = {eggholder(end).item():.3f}, "
                f"last step {(history[-1] - history[-2]).norm():.3g}, gradient {end.grad.norm():.3g}"
            )
