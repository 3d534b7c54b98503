# right
# part: prepare
import collections

import torch


def prepare(records, source, target, min_freq=1):
    out = []
    for lang, head in ((source, ["<UNK>", "<END>"]), (target, ["<UNK>", "<END>", "<START>"])):
        count = collections.Counter(word for record in records for word in record[lang].split())
        words = sorted((w for w in count if count[w] >= min_freq), key=lambda w: (-count[w], w))
        vocabulary = head + words
        index = {w: i for i, w in enumerate(vocabulary)}
        rows = []
        for record in records:
            row = [index.get(w, 0) for w in record[lang].split()] + [1]
            if lang == target:
                row.insert(0, 2)
            rows.append(torch.LongTensor(row))
        out.append((vocabulary, rows))
    return out[0][0], out[1][0], out[0][1], out[1][1]
