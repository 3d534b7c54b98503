# right
# part: line
def line(W_enc, b_enc, W_dec, b_dec):
    slope = float(W_dec[1, 0]) / float(W_dec[0, 0])
    return slope, float(b_dec[1]) - slope * float(b_dec[0])
