# wrong: adds the squared mean behind the product
# says: mean|squared
# part: sum
def variance_of_sum(n_in, weight_variance, mean, variance):
    return n_in * weight_variance * variance + mean * mean


def variance_after_relu(n_in, weight_variance, variance):
    return n_in * weight_variance * (variance / 2)


def he_variance(n_in):
    return 2 / n_in
