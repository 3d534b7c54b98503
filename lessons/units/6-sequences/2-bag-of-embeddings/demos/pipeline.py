"""From words to two probabilities, with random parameters."""

import torch

torch.manual_seed(0)
words = ["very", "good", ",", "not", "bad"]
table, W, b = torch.randn(5, 3), torch.randn(2, 3), torch.randn(2)
total = torch.zeros(3)
for number, word in enumerate(words):
    total += table[number]
    print(f"{word:>6} -> {number} -> {[f'{entry:5.2f}' for entry in table[number].tolist()]}")
scores = torch.mv(W, total) + b
chances = scores.softmax(dim=0)
for name, values in (("sum", total), ("linear", scores), ("softmax", chances)):
    print(f"{name:>11} -> {[f'{entry:5.2f}' for entry in values.tolist()]}")
