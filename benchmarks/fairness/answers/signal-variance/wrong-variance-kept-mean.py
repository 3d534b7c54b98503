# wrong: adds the mean of a ReLU too
# says: mean|half|ReLU
# part: after-relu
def variance_of_sum(n_in, weight_variance, mean, variance):
    return n_in * weight_variance * (variance + mean * mean)


def variance_after_relu(n_in, weight_variance, variance):
    return n_in * weight_variance * (variance / 2 + variance / 6.283185307179586)


def he_variance(n_in):
    return 2 / n_in
