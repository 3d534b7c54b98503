# wrong: the first dimension is not sliced
# says: first dimension whole
# part: slice
def odd_slice(X3):
    return X3[:, 1::2, 1::2]
