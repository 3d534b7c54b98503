# wrong: returns the derivative at the last block only
# says: dx|derivative|blocks
# part: chain

def backprop(blocks, x, dcost):
    inputs = []
    for b in blocks:
        inputs.append(x)
        x = b.forward(x)
    first = g = dcost(x)
    grads = []
    for b, a in zip(reversed(blocks), reversed(inputs)):
        g, own = b.backward(a, g)
        grads.insert(0, own)
    return first, grads
