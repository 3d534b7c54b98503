# wrong: the largest absolute entry of each matrix
# says: largest entry
# part: infinity
def inf_norms(A):
    return A.abs().amax(dim=(0, 1))
