"""Attention as modules: scaled dot products, several heads with their projections, and Luong's step."""

from typing import Any

import torch
import torch.nn.functional as F

from kernels.nn.options import WithBackend, leaf
from kernels.ops.attention import attention
from kernels.ops.luong import luong_attention


class Attention(WithBackend, torch.nn.Module):
    """`kernels.attention` with its options kept. It has nothing to learn; dropout is for training only."""

    def __init__(
        self, is_causal: bool = False, scale: float | None = None, dropout_p: float = 0.0, backend: str | None = None
    ) -> None:
        super().__init__(backend=backend)
        self.is_causal = is_causal
        self.scale = scale
        self.dropout_p = dropout_p

    @leaf
    def forward(
        self,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        lengths: torch.Tensor | None = None,
        key_mask: torch.Tensor | None = None,
        query_lengths: torch.Tensor | None = None,
    ) -> torch.Tensor:
        """[B, H, SQ, DV]; see `kernels.attention`."""
        found: torch.Tensor = attention(
            query, key, value, None, self.dropout_p if self.training else 0.0, self.is_causal, self.scale,
            lengths=lengths, query_lengths=query_lengths, key_mask=key_mask, backend=self.backend,
        )  # fmt: skip
        return found

    def options(self) -> list[str]:
        own = [("is_causal", self.is_causal, False), ("scale", self.scale, None), ("dropout_p", self.dropout_p, 0.0)]
        return [f"{name}={value}" for name, value, usual in own if value != usual] + super().options()


class MultiheadAttention(WithBackend, torch.nn.MultiheadAttention):
    """`torch.nn.MultiheadAttention`, by `kernels.attention` where the weights are not asked for.

    It also takes `lengths`, [N]: how many keys each sequence has, from its front. Without a mask `is_causal` is
    enough. With weights, masks other than of keys, or a further key and value, it does what PyTorch's module does.
    """

    @leaf
    def forward(
        self,
        query: torch.Tensor,
        key: torch.Tensor,
        value: torch.Tensor,
        key_padding_mask: torch.Tensor | None = None,
        need_weights: bool = True,
        attn_mask: torch.Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
        lengths: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Result and weights, which are None where they are not asked for. Shapes are PyTorch's."""
        if lengths is not None and key_padding_mask is not None:
            raise ValueError("There are lengths and a mask of padded keys: one of them says it all.")
        if (
            need_weights
            or query.dim() != 3
            or self.bias_k is not None
            or self.add_zero_attn
            or (attn_mask is not None and not is_causal)
            or (key_padding_mask is not None and key_padding_mask.dtype != torch.bool)
        ):
            return self._by_torch(
                query, key, value, key_padding_mask, need_weights, attn_mask, average_attn_weights, is_causal, lengths
            )
        mask = None if key_padding_mask is None else ~key_padding_mask
        q, k, v = (self._heads(one) for one in self._projected(query, key, value))
        dropout = self.dropout if self.training else 0.0
        o = attention(q, k, v, None, dropout, is_causal, lengths=lengths, key_mask=mask, backend=self.backend)
        joined = o.transpose(1, 2).flatten(2)
        result: torch.Tensor = self.out_proj(joined)
        return (result if self.batch_first else result.transpose(0, 1)), None

    def _by_torch(
        self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, padding: torch.Tensor | None, weights: bool,
        mask: torch.Tensor | None, average: bool, causal: bool, lengths: torch.Tensor | None,
    ) -> tuple[torch.Tensor, torch.Tensor | None]:  # fmt: skip
        count = key.shape[1] if self.batch_first else key.shape[0]
        if lengths is not None:
            padding = torch.arange(count, device=key.device) >= lengths[:, None]
        if causal and mask is None:
            queries = query.shape[1] if self.batch_first and query.dim() == 3 else query.shape[0]
            mask = torch.ones(queries, count, dtype=torch.bool, device=query.device).triu(1)
        found: Any = super().forward(query, key, value, padding, weights, mask, average, causal)
        return found[0], found[1]

    def _projected(self, *inputs: torch.Tensor) -> list[torch.Tensor]:
        """Queries, keys and values, [N, S, E] each."""
        biases: Any = (None,) * 3 if self.in_proj_bias is None else self.in_proj_bias.chunk(3)
        weights: Any = (self.q_proj_weight, self.k_proj_weight, self.v_proj_weight)
        if self.in_proj_weight is not None:
            weights = self.in_proj_weight.chunk(3)
        batches = inputs if self.batch_first else [one.transpose(0, 1) for one in inputs]
        return [F.linear(one, weight, bias) for one, weight, bias in zip(batches, weights, biases, strict=True)]

    def _heads(self, x: torch.Tensor) -> torch.Tensor:
        """[N, H, S, E / H] of [N, S, E]."""
        return x.view(*x.shape[:2], self.num_heads, self.head_dim).transpose(1, 2)


class LuongAttention(WithBackend, torch.nn.Module):
    """Attention of one query to the states of a sequence by `kernels.luong_attention`. It has nothing to learn."""

    def __init__(self, scale: float = 1.0, backend: str | None = None) -> None:
        super().__init__(backend=backend)
        self.scale = scale

    @leaf
    def forward(
        self,
        query: torch.Tensor,
        states: torch.Tensor,
        values: torch.Tensor | None = None,
        lengths: torch.Tensor | None = None,
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Context [B, DV] and weights [B, S] of query [B, D], states [B, S, D] and values [B, S, DV], or the states."""
        return luong_attention(query, states, values, lengths=lengths, scale=self.scale, backend=self.backend)

    def options(self) -> list[str]:
        return [*([] if self.scale == 1.0 else [f"scale={self.scale}"]), *super().options()]
