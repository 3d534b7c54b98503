# wrong: the sign is that of the cost
# says: sign
# part: identity
def log_likelihood(y, yt):
    return -(yt * y.log() + (1 - yt) * (1 - y).log()).sum()
