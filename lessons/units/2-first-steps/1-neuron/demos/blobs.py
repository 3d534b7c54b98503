"""A hundred points around two centres, and which centre each belongs to."""

from sklearn.datasets import make_blobs

X, Y = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)

print(type(X), X.shape, X.dtype)
print(type(Y), Y.shape, Y.dtype)
print("the first five points:", X[:5], sep="\n")
print("and their labels:", Y[:5])

white, black = X[Y == 0], X[Y == 1]
print("white:", len(white), "points around", white.mean(0).round(2))
print("black:", len(black), "points around", black.mean(0).round(2))
