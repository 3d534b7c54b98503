# wrong: the second bias goes through the matrix
# says: bias
# part: merge
def merge(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b2[: W2.shape[1]] + b1[: len(b2)] if W2.shape[0] == W2.shape[1] else W2 @ b1
