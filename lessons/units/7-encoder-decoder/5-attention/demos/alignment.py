"""A translator with attention, judged on sentences that it has not seen, and where it looks."""

import matplotlib.pyplot as plt
import torch
from datasets import load_dataset
from torch import nn
from torchtext.vocab import build_vocab_from_iterator

from kernels import luong_attention
from tutor import live

records = list(load_dataset("opus_books", "en-fr")["train"]["translation"])[:600]
sides = [[record[language].split() for record in records] for language in ("en", "fr")]
vocabularies = [build_vocab_from_iterator(side, specials=["<UNK>", "<END>", "<START>"]) for side in sides]
marked = [[torch.tensor(v([*words, "<END>"])) for words in side] for v, side in zip(vocabularies, sides, strict=True)]
pairs = list(zip(*marked, strict=True))
torch.manual_seed(0)
first, lstm, second = nn.Embedding(len(vocabularies[0]), 16), nn.LSTM(16, 32), nn.Embedding(len(vocabularies[1]), 16)
reads, keeps, looks, last = nn.Linear(16, 32), nn.Linear(32, 32), nn.Linear(32, 32), nn.Linear(32, len(vocabularies[1]))


def write(source, target=None):
    """The tokens that are written, their cost with teacher forcing, and where each one looked."""
    notes = lstm(first(source)[:, None])[0][:, 0]
    state, token, cost, written, rows = torch.zeros(32), torch.tensor(2), 0.0, [], []
    for step in range(20 if target is None else len(target)):
        context, weights = luong_attention(state, notes)
        rows.append(weights)
        state = (reads(second(token)) + keeps(state) + looks(context)).tanh()
        written.append(last(state).argmax())
        if target is not None:
            cost = cost + nn.functional.cross_entropy(last(state), target[step])
        elif written[-1] == 1:
            break
        token = written[-1] if target is None else target[step]
    return torch.stack(written).tolist(), cost, torch.stack(rows).detach()


optimizer = torch.optim.Adam(nn.ModuleList([first, lstm, second, reads, keeps, looks, last]).parameters(), lr=0.005)
for epoch in live.progress(range(10)):
    for source, target in pairs[:500]:
        optimizer.zero_grad()
        write(source, target)[1].backward()
        optimizer.step()
exact = sum(write(source)[0] == target.tolist() for source, target in pairs[500:])
print(f"{exact} of 100 new sentences without a mistake")
shown = max(range(500, 600), key=lambda place: len(sides[0][place]))
written, _, rows = write(pairs[shown][0])
print(" ".join(sides[0][shown]), "->", " ".join(vocabularies[1].lookup_tokens(written)))
plt.imshow(rows, cmap="gray")
plt.xticks(range(rows.shape[1]), [*sides[0][shown], "END"])
plt.yticks(range(len(written)), vocabularies[1].lookup_tokens(written))
plt.show()
