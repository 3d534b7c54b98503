# wrong: returns vectors
# says: shape|size|N
# part: gradients
def output_grads(pred, y):
    return (2 * pred - 2 * y).flatten(), ((pred - y) * (2 / pred.numel())).flatten()
