# wrong: divides by twice the number
# says: twice|half|upside|2 /|factor|1/4 times
# part: he
def variance_of_sum(n_in, weight_variance, mean, variance):
    return n_in * weight_variance * (variance + mean * mean)


def variance_after_relu(n_in, weight_variance, variance):
    return n_in * weight_variance * (variance / 2)


def he_variance(n_in):
    return 1 / (2 * n_in)
