"""Twenty sentences, sixty epochs, with attention: free running and teacher forcing."""

import torch
from datasets import load_dataset
from torch import nn
from torchtext.vocab import build_vocab_from_iterator
from tutor import live

records = list(load_dataset("opus_books", "en-fr")["train"]["translation"])[:20]
sides = [[record[language].split() for record in records] for language in ("en", "fr")]
vocabularies = [build_vocab_from_iterator(side, specials=["<UNK>", "<END>", "<START>"]) for side in sides]
sources = [torch.tensor(vocabularies[0]([*words, "<END>"])) for words in sides[0]]
targets = [torch.tensor(vocabularies[1]([*words, "<END>"])) for words in sides[1]]


def write(parts, source, target, forced, most):
    """The tokens that are written, and their cost where there is a target."""
    first, lstm, second, reads, keeps, looks, last = parts
    notes = lstm(first(source)[:, None])[0][:, 0]
    state, token, cost, written = torch.zeros(32), torch.tensor(2), 0.0, []
    for step in range(most):
        context = torch.einsum("t,th->h", (notes * state).sum(1).softmax(0), notes)
        state = (reads(second(token)) + keeps(state) + looks(context)).tanh()
        scores = last(state)
        if target is not None:
            cost = cost + nn.functional.cross_entropy(scores, target[step])
        written.append(scores.argmax().item())
        if written[-1] == 1 and not forced:
            break
        token = target[step] if forced else scores.argmax()
    return written, cost


results = {}
for name, forced in (("free", False), ("forced", True)):
    torch.manual_seed(0)
    sizes = [len(one) for one in vocabularies]
    linear = [nn.Linear(16, 32), nn.Linear(32, 32), nn.Linear(32, 32), nn.Linear(32, sizes[1])]
    parts = nn.ModuleList([nn.Embedding(sizes[0], 16), nn.LSTM(16, 32), nn.Embedding(sizes[1], 16), *linear])
    optimizer = torch.optim.Adam(parts.parameters(), lr=0.005)
    for epoch in range(60):
        total = 0.0
        for source, target in zip(sources, targets, strict=True):
            optimizer.zero_grad()
            _, cost = write(parts, source, target, forced, len(target))
            cost.backward()
            optimizer.step()
            total += cost.item() / 20
        live.log({f"{name}/cost": total}, step=epoch)
    exact = sum(write(parts, s, None, False, 20)[0] == t.tolist() for s, t in zip(sources, targets, strict=True))
    results[name] = total, exact
    print(f"{name}: mean cost {total:.2f}, {exact} of 20 without a mistake")
