# right
# part: chain

def backprop(blocks, x, dcost):
    inputs, outputs = [], []
    for b in blocks:
        inputs.append(x)
        x = b.forward(x)
        outputs.append(x)
    derivative = dcost(outputs[-1] if outputs else x)
    result = [[] for _ in blocks]
    i = len(blocks)
    while i > 0:
        i -= 1
        derivative, result[i] = blocks[i].backward(inputs[i], derivative)
    return derivative, result
