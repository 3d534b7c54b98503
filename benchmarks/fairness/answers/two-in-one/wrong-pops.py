# wrong: the list of layers is emptied
# says: in place|list
# part: merge-many
def merge_many(layers):
    while len(layers) > 1:
        (W1, b1), (W2, b2) = layers.pop(0), layers.pop(0)
        layers.insert(0, (W2 @ W1, W2 @ b1 + b2))
    return layers[0]
