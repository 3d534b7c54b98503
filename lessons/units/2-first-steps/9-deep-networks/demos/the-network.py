"""The network as a drawing: three layers of numbers, each connected to all of the next."""

import matplotlib.pyplot as plt

LAYERS = ((784, 6, "pixels"), (20, 3, "hidden"), (10, 2, "classes"))  # how many there are, how many are drawn, what


def heights(count):
    return [index - (count - 1) / 2 for index in range(count)]


figure, axes = plt.subplots()
for place, ((_, left, _), (_, right, _)) in enumerate(zip(LAYERS, LAYERS[1:])):
    for start in heights(left):
        for end in heights(right):
            axes.plot([place, place + 1], [start, end], color="gray")
for place, (count, drawn, name) in enumerate(LAYERS):
    axes.scatter([place] * drawn, heights(drawn), label=f"{count} {name}", zorder=3)
axes.set_title("784 pixels, 20 sums with ReLU, 10 sums with softmax")
axes.set_xlim(-0.2, 2.2)
axes.set_xticks([])
axes.set_yticks([])
axes.legend()
plt.show()

weights = [one * other for (one, _, _), (other, _, _) in zip(LAYERS, LAYERS[1:])]
print("Only some of the numbers are drawn. In truth there are", " and ".join(map(str, weights)), "lines.")
