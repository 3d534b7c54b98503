"""Decoder cells: (token, state) -> (scores, state)."""

import torch


class Cell:
    def __init__(self, seed, size, vocabulary, bias=0.0):
        g = torch.Generator().manual_seed(seed)
        self.embed, self.inner, self.out = (
            torch.randn(vocabulary, size, generator=g),
            torch.randn(size, size, generator=g),
            torch.randn(size, vocabulary, generator=g),
        )
        self.bias = torch.zeros(vocabulary)
        self.bias[1] = bias

    def __call__(self, token, state):
        state = torch.tanh(self.embed[token] + state @ self.inner)
        return state @ self.out + self.bias, state


def cell(seed, bias):
    return Cell(seed, 6, 9, bias)
