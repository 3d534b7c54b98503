# wrong: the norm of the rows, not of the matrices
# says: row
# part: frobenius
def fro(A):
    return A.norm(dim=2)
