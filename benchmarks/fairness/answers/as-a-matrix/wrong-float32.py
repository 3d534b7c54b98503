# wrong: gives float32
# says: float
# part: matrix
def conv_matrix(K, H, W):
    p, q = K.shape
    down, across = H - p + 1, W - q + 1
    A = K.float().new_zeros(down, across, H, W)
    for r in range(down):
        for s in range(across):
            A[r, s, r : r + p, s : s + q] = K
    return A.reshape(down * across, H * W)
