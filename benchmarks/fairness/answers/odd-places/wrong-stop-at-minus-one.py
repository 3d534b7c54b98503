# wrong: the last place is left out
# says: last place
# part: slice
def odd_slice(X3):
    return X3[1:-1:2, 1:-1:2, 1:-1:2]
