# wrong: the product underflows before the logarithm
# says: multiplies all|product
# part: identity
def log_likelihood(y, yt):
    return (y**yt * (1 - y) ** (1 - yt)).prod().log()
