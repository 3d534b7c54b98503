"""The hidden state after each token."""

import torch

torch.manual_seed(0)
E, H = 4, 3
W_in, b_in, W_hid, b_hid = torch.randn(H, E), torch.randn(H), torch.randn(H, H), torch.randn(H)
vectors = {word: torch.randn(E) for word in ("very", "good", ",", "not", "bad")}

h, states = torch.zeros(H), []
print(f"{'h0':>8} {h.tolist()}")
for word, X in vectors.items():
    token, memory = torch.mv(W_in, X) + b_in, torch.mv(W_hid, h) + b_hid
    h = (token + memory).tanh()
    states.append(h)
    print(f"{word:>8} {[round(entry, 3) for entry in h.tolist()]}")
