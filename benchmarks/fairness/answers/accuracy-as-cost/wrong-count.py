# wrong: a count instead of a share
# says: count|share|divid|sum
# part: accuracy
def accuracy(model, x, labels):
    return (model(x).argmax(1) == labels).sum().float()
