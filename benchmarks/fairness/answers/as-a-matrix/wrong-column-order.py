# wrong: flattens column by column
# says: row by row|column|another order
# part: matrix
def conv_matrix(K, H, W):
    p, q = K.shape
    down, across = H - p + 1, W - q + 1
    A = K.new_zeros(across, down, H, W)
    for r in range(down):
        for s in range(across):
            A[s, r, r : r + p, s : s + q] = K
    return A.reshape(down * across, H * W)
