# wrong: writes the kernel transposed
# says: transposed|another order
# part: matrix
def conv_matrix(K, H, W):
    p, q = K.shape
    down, across = H - p + 1, W - q + 1
    A = K.new_zeros(down, across, H, W)
    for r in range(down):
        for s in range(across):
            A[r, s, r : r + p, s : s + q] = K.T.reshape(p, q)
    return A.reshape(down * across, H * W)
