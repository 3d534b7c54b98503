# wrong: the root of the mean square
# says: mean|too small|constant|factor|differ|times
# part: euclid
def euclid(A):
    return A.square().mean().sqrt()
