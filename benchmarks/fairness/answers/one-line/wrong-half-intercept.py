# wrong: forgets the slope in the intercept
# says: intercept|slope
# part: line
def line(W_enc, b_enc, W_dec, b_dec):
    (c0, c1), (d0, d1) = W_dec.flatten(), b_dec
    return c1 / c0, d1 - d0
