# wrong: divides by N twice
# says: N|twice|divid
# part: gradients
def output_grads(pred, y):
    return 2 * pred - 2 * y, (pred - y) * (2 / pred.numel() ** 2)
