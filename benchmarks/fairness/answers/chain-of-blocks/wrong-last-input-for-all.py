# wrong: gives every backward the input of the last block
# says: input
# part: chain

def backprop(blocks, x, dcost):
    last = x
    for b in blocks:
        last, x = x, b.forward(x)
    g, grads = dcost(x), []
    for b in reversed(blocks):
        g, own = b.backward(last, g)
        grads.insert(0, own)
    return g, grads
