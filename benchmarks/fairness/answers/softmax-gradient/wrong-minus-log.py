# wrong: the sign is missing
# says: sign
# part: outputs
def dH_dy(y, yt):
    return yt / y
