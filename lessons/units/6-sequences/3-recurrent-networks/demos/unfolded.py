"""A row for each state, one token after the other, for two sentences with the same words."""

import matplotlib.pyplot as plt
import torch

torch.manual_seed(1)
cell = torch.nn.RNNCell(4, 12)
with torch.no_grad():
    cell.weight_hh *= 2
vectors = {word: 2 * torch.randn(4) for word in ("very", "good", ",", "not", "bad")}

maps, panels = [], plt.subplots(1, 2)[1]
for panel, sentence in zip(panels, ("very good , not bad", "very bad , not good"), strict=True):
    rows = torch.zeros(6, 12)
    for place, word in enumerate(sentence.split()):
        rows[place + 1] = cell(vectors[word], rows[place].clone()).detach()
        panel.clear()
        panel.set_title(sentence)
        panel.imshow(rows.clone(), cmap="gray", vmin=-1, vmax=1)
        plt.pause(0.3)
    maps.append(rows)
plt.show()
gaps = (maps[0] - maps[1]).abs().amax(dim=1)
print("largest difference in each row:", [round(gap, 2) for gap in gaps.tolist()])
