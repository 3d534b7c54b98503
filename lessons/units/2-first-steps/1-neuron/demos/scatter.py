"""The points in the plane, coloured by their labels."""

import matplotlib.pyplot as plt
from sklearn.datasets import make_blobs

X, Y = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)

plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
plt.xlabel("x0")
plt.ylabel("x1")
plt.show()

highest_black, lowest_white = X[Y == 1, 1].max(), X[Y == 0, 1].min()
print(f"the highest black point has x1 = {highest_black:.2f}, the lowest white one x1 = {lowest_white:.2f}")
