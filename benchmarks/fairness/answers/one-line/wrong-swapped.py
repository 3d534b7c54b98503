# wrong: gives the intercept first
# says: order|swap|slope
# part: line
def line(W_enc, b_enc, W_dec, b_dec):
    (c0, c1), (d0, d1) = W_dec.flatten(), b_dec
    return d1 - c1 / c0 * d0, c1 / c0
