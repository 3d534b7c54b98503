"""Random inputs of a reference, from one seed.

torch is imported only when a tensor is drawn, so that questions are judged by a plain Python.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from grader.spec.inputs import GeneratorInput

if TYPE_CHECKING:
    import torch


class Rng:
    """Random inputs from one seed. Shapes are given as separate sizes; without sizes a Python number is drawn."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._python = random.Random(seed)
        self._torch: torch.Generator | None = None

    @property
    def _generator(self) -> torch.Generator:
        if self._torch is None:
            import torch

            self._torch = torch.Generator().manual_seed(self.seed % (1 << 63))
        return self._torch

    def normal(self, *sizes: int, mean: float = 0.0, std: float = 1.0, dtype: Any = None) -> Any:
        """Normal samples, float32 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.gauss(mean, std)
        import torch

        drawn = torch.randn(sizes, generator=self._generator, dtype=torch.float64) * std + mean
        return drawn.to(dtype or torch.float32)

    def uniform(self, *sizes: int, low: float = 0.0, high: float = 1.0, dtype: Any = None) -> Any:
        """Samples uniform on [low, high), float32 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.uniform(low, high)
        import torch

        drawn = torch.rand(sizes, generator=self._generator, dtype=torch.float64) * (high - low) + low
        return drawn.to(dtype or torch.float32)

    def integers(self, low: int, high: int, *sizes: int, dtype: Any = None) -> Any:
        """Integers from `low` to `high`, `high` excluded; int64 unless `dtype` says otherwise."""
        if not sizes:
            return self._python.randrange(low, high)
        import torch

        return torch.randint(low, high, sizes, generator=self._generator, dtype=dtype or torch.int64)

    def choice(self, options: Sequence[Any]) -> Any:
        """One of the options."""
        return self._python.choice(options)

    def permutation(self, size: int) -> torch.Tensor:
        """The numbers 0 to size - 1 in random order, int64."""
        import torch

        return torch.randperm(size, generator=self._generator)

    def generator(self) -> GeneratorInput:
        """An input that reaches the learner and the reference as equally seeded torch.Generators."""
        return GeneratorInput(self._python.randrange(1 << 31))


def stream(seed: int, *names: str) -> int:
    """An independent seed for each use of a nonce: the exercise, the part, the function that draws."""
    digest = hashlib.sha256("\0".join((str(seed), *names)).encode()).digest()
    return int.from_bytes(digest[:8], "little") >> 1
