# wrong: the root of the mean square
# says: mean
# part: euclid
def euclid(A):
    return A.square().mean().sqrt()
