# wrong: a large number instead of infinity
# says: infinity
# part: choose
def positives_or_inf(X):
    return X.masked_fill(X < 0, 1e9)
