# wrong: has the slope of a perpendicular's sign
# says: sign
# part: line
def line(W_enc, b_enc, W_dec, b_dec):
    (c0, c1), (d0, d1) = W_dec.flatten(), b_dec
    return -c1 / c0, d1 + c1 / c0 * d0
