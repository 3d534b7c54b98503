"""A sentence of three tokens, alone and in a batch with a longer one."""

import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence

torch.manual_seed(0)
rnn = torch.nn.RNN(4, 3)
short, long = torch.randn(3, 4), torch.randn(8, 4)
alone = rnn(short)[0][-1]

padded = pad_sequence([short, long])
history = rnn(padded)[0]
packed = rnn(pack_padded_sequence(padded, [3, 8], enforce_sorted=False))[1][-1, 0]
print("padded batch:", tuple(padded.shape), "history:", tuple(history.shape))
for t in range(2, 8):
    print(f"after step {t}: {[round(entry, 4) for entry in history[t, 0].tolist()]}{'  <- the sentence ends here' * (t == 2)}")
print(f"alone:        {[round(entry, 4) for entry in alone.tolist()]}")
print(f"packed:       {[round(entry, 4) for entry in packed.tolist()]}")
