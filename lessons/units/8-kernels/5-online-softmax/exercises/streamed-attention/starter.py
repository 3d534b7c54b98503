"""Attention that never has more than a tile of the scores."""

import torch
import triton
import triton.language as tl


@triton.jit
def attend_kernel(q, k, v, out, Q, S, D, scale, BM: tl.constexpr, BN: tl.constexpr, BD: tl.constexpr):
    """Writes the outputs of BM of the Q queries."""
    raise NotImplementedError("write attend_kernel")


@triton.jit
def lengths_kernel(q, k, v, out, lengths, S, D, scale, BM: tl.constexpr, BN: tl.constexpr, BD: tl.constexpr):
    """Writes the outputs of BM of the S queries of a sentence."""
    raise NotImplementedError("write lengths_kernel")


def attend(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """Scaled dot-product attention."""
    (Q, D), S = q.shape, len(k)
    out = q.new_empty(Q, D)
    BD = max(16, triton.next_power_of_2(D))
    attend_kernel[(triton.cdiv(Q, 16),)](q, k, v, out, Q, S, D, D**-0.5, BM=16, BN=16, BD=BD)
    return out


def attend_lengths(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """The same for a batch of sentences, of which only the first keys count."""
    B, S, D = q.shape
    out = q.new_empty(B, S, D)
    BD = max(16, triton.next_power_of_2(D))
    grid = (triton.cdiv(S, 16), B)
    lengths_kernel[grid](q, k, v, out, lengths, S, D, D**-0.5, BM=16, BN=16, BD=BD)
    return out


if __name__ == "__main__":
    print(attend(torch.zeros(3, 4), torch.zeros(20, 4), torch.ones(20, 4)))
