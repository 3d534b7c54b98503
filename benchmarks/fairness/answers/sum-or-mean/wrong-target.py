# wrong: differentiates with respect to the targets' place: 2 times the output
# says: y|target|output
# part: gradients
def output_grads(pred, y):
    return 2 * pred, pred * (2 / pred.numel())
