"""What a trained table says about each token: one number."""

import torch
from datasets import load_dataset
from torchtext.vocab import build_vocab_from_iterator

data = load_dataset("glue", "sst2")["train"]
sentences, labels = list(data["sentence"])[:6000], torch.tensor(list(data["label"])[:6000])
vocabulary = build_vocab_from_iterator(map(str.split, sentences), min_freq=20)
vocabulary.set_default_index(0)

indices = [torch.tensor(vocabulary(sentence.split())) for sentence in sentences]
counts = torch.stack([index.bincount(minlength=len(vocabulary)) for index in indices])

torch.manual_seed(0)
table = (0.1 * torch.randn(len(vocabulary), 10)).requires_grad_()
W = torch.randn(2, 10, requires_grad=True)
optimizer = torch.optim.Adam([table, W], lr=0.01)
for step in range(100):
    optimizer.zero_grad()
    cost = torch.nn.functional.cross_entropy(counts.float() @ table @ W.T, labels)
    cost.backward()
    optimizer.step()

u = (table @ torch.tensor([-1.0, 1.0]).matmul(W)).detach()
order, tokens = u.argsort().tolist(), vocabulary.get_itos()
print("most negative:", *(f"{tokens[k]} {u[k]:.1f}" for k in order[:6]))
print("most positive:", *(f"{tokens[k]} {u[k]:.1f}" for k in order[:-7:-1]))
scores = (counts[0].float() @ table @ W.T).detach()
print(f"sentence 0: the scores differ by {scores[1] - scores[0]:.4f}, its tokens add up to {counts[0].float() @ u:.4f}")
