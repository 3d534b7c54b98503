# wrong: white points are left out
# says: white|was expected|1 - y
# part: identity
def log_likelihood(y, yt):
    return (yt * y.log()).sum()
