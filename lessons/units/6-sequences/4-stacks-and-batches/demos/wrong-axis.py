"""One sentence with the new dimension in the middle, and in front."""

import torch

torch.manual_seed(0)
rnn = torch.nn.RNN(4, 6)
X, other = torch.randn(5, 4), torch.randn(5, 4)
other[0] = X[0]  # two sentences with the same first token

changes = []
for place in (1, 0):
    one, two = (rnn(sentence.unsqueeze(place))[0][-1, 0] for sentence in (X, other))
    changes.append((one - two).abs().max().item())
    print(f"unsqueeze({place}): input {tuple(X.unsqueeze(place).shape)}, feature vector {tuple(one.shape)},", end=" ")
    print(f"other tokens from the second one on change it by {changes[-1]:.3f}")
