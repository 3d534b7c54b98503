"""Embeddings of one, two and ten dimensions, trained one sentence at a time."""

import torch
from datasets import load_dataset
from torchtext.vocab import build_vocab_from_iterator
from tutor import live

data = load_dataset("glue", "sst2")
train, held_out = (data[split][:6000] for split in ("train", "validation"))
texts = map(str.split, train["sentence"])
vocabulary = build_vocab_from_iterator(texts, min_freq=5, specials=["<UNK>"])
vocabulary.set_default_index(0)
for part in (train, held_out):
    part["index"] = [torch.tensor(vocabulary(sentence.split())) for sentence in part["sentence"]]


def logs(parameters, index):
    table, W, b = parameters
    return torch.log_softmax(torch.mv(W, table[index].sum(0)) + b, dim=0)


@torch.no_grad()
def accuracy(parameters, part):
    found = [logs(parameters, index).argmax().item() for index in part["index"]]
    return sum(map(int.__eq__, found, part["label"])) / len(found)


found = {}
for E in (1, 2, 10):
    torch.manual_seed(0)
    parameters = [torch.randn(len(vocabulary), E) / 10, torch.randn(2, E) / E**0.5, torch.zeros(2)]
    for parameter in parameters:
        parameter.requires_grad_()
    for epoch in range(3):
        total = 0
        for number in torch.randperm(len(train["index"])).tolist():
            cost = -logs(parameters, train["index"][number])[train["label"][number]]
            gradients = torch.autograd.grad(cost, parameters)
            with torch.no_grad():
                for parameter, gradient in zip(parameters, gradients):
                    parameter -= 0.05 * gradient
            total += cost.item()
        live.log({f"cost, {E}": total / len(train["index"])}, step=epoch)
    mean, seen, fresh = total / len(train["index"]), accuracy(parameters, train), accuracy(parameters, held_out)
    found[E] = (mean, seen, fresh)
    print(f"{E:2} dimensions: cost {mean:.3f}, accuracy {seen:.3f} in training, {fresh:.3f} held out")
