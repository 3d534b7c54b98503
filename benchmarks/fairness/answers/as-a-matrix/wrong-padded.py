# wrong: has a row for each pixel of the picture
# says: row|size|shape|pixel
# part: matrix
def conv_matrix(K, H, W):
    p, q = K.shape
    down, across = H, W
    A = K.new_zeros(down, across, H, W)
    for r in range(down):
        for s in range(across):
            A[r, s, r : r + p, s : s + q] = K[: H - r, : W - s]
    return A.reshape(down * across, H * W)
