# wrong: white points are left out
# says: black points only
# part: identity
def log_likelihood(y, yt):
    return (yt * y.log()).sum()
