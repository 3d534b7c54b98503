# right
# part: matrix
def conv_matrix(K, H, W):
    p, q = K.shape
    down, across = H - p + 1, W - q + 1
    A = K.new_zeros(down * across, H * W)
    for row in range(down * across):
        for i in range(p):
            for j in range(q):
                A[row, (row // across + i) * W + row % across + j] = K[i, j]
    return A
