# wrong: the mean instead of the sum
# says: mean|sum
# part: identity
def log_likelihood(y, yt):
    return (yt * y.log() + (1 - yt) * (1 - y).log()).mean()
