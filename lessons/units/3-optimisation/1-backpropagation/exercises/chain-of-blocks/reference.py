"""A chain of blocks: there with a list of inputs, and back with one derivative."""

import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, fixture, mistake, script


def backprop(blocks, x, dcost):
    inputs = [x]
    for block in blocks:
        inputs.append(block.forward(inputs[-1]))
    g, grads = dcost(inputs.pop()), []
    while inputs:
        g, own = blocks[len(inputs) - 1].backward(inputs.pop(), g)
        grads.append(own)
    return g, grads[::-1]


def part_of(rng, kind, n, m):
    """A block from n numbers to m, for a chain."""
    if kind == "affine":
        return ("affine", [rng.normal(m, n, dtype=torch.float64), rng.normal(m, dtype=torch.float64)])
    return (kind, [rng.normal(n, dtype=torch.float64)] if kind == "scale" else [])


CHAINS = (
    ("a linear block and a square", "half_square", [("affine", 3), ("square", 3)]),
    (
        "seven blocks", "sum_of_sines",
        [("affine", 4), ("tanh", 4), ("scale", 4), ("affine", 6), ("square", 6), ("scale", 6), ("affine", 2)],
    ),
    ("one block", "half_square", [("affine", 3)]),
    ("blocks without parameters", "sum_of_sines", [("tanh", 5), ("square", 5)]),
    ("no blocks", "sum_of_sines", []),
)  # fmt: skip


@cases("chain")
def chains(rng: Rng):
    for label, cost, kinds in CHAINS:
        n, parts = 5, []
        for kind, m in kinds:
            parts.append(part_of(rng, kind, n, m))
            n = m
        s = script(label)
        blocks = s.call(fixture("chain"), parts, label="the blocks", compare=False)
        s.call("backprop", blocks, rng.normal(5, dtype=torch.float64), fixture(cost), label="derivatives")
        s.call(fixture("heard"), blocks, label="calls", compare=False)
        yield s


@check("each block once there and once back, in reverse order", part="chain", observation=True)
def called(got, ref, inputs):
    mine, right = got["calls"], ref["calls"]
    if mine == right:
        return None
    if not isinstance(mine, list):
        return Finding("The calls cannot be told.", name="no-calls")
    if len(mine) > len(right):
        return Finding(
            "A block was called more than once in one direction.", name="called-too-often",
            expected=f"{len(right)} calls", got=f"{len(mine)} calls",
        )
    return Finding("The blocks were not called in the right order.", name="other-order-of-calls")


# --- other right answers ------------------------------------------------------------------------------------------


@alternative
def with_a_stack(blocks, x, dcost):
    stack = []
    for block in blocks:
        stack.append((block, x))
        x = block.forward(x)
    dx = dcost(x)
    grads = []
    while stack:
        block, given = stack.pop()
        dx, own = block.backward(given, dx)
        grads.append(own)
    grads.reverse()
    return dx, grads


@alternative
def by_recursion(blocks, x, dcost):
    if not blocks:
        return dcost(x), []
    first, *rest = blocks
    dy, grads = backprop(rest, first.forward(x), dcost)
    dx, own = first.backward(x, dy)
    return dx, [own, *grads]


@alternative
def by_number(blocks, x, dcost):
    a = [None] * (len(blocks) + 1)
    a[0] = x
    for i in range(len(blocks)):
        a[i + 1] = blocks[i].forward(a[i])
    grads = [None] * len(blocks)
    g = dcost(a[-1])
    for i in range(len(blocks) - 1, -1, -1):
        g, grads[i] = blocks[i].backward(a[i], g)
    return g, grads


@alternative
def in_a_dict(blocks, x, dcost):
    given = {}
    y = x
    for number, block in enumerate(blocks):
        given[number] = y
        y = block.forward(y)
    g, grads = dcost(y), {}
    for number in sorted(given, reverse=True):
        g, grads[number] = blocks[number].backward(given[number], g)
    return (g, [grads[number] for number in range(len(blocks))])


@alternative
def inserting(blocks, x, dcost):
    inputs = []
    for block in blocks:
        inputs.append(x)
        x = block.forward(x)
    g, grads = dcost(x), []
    for block, given in list(zip(blocks, inputs, strict=True))[::-1]:
        g, own = block.backward(given, g)
        grads.insert(0, own)
    return g, grads


# --- wrong answers ------------------------------------------------------------------------------------------------

edit(
    "order-of-the-way-back",
    "Returns the derivatives of the parameters in the order in which they were found.",
    hint="The last block was the first to give its derivatives. The list must be in the order of the blocks.",
    replace=("grads[::-1]", "grads"),
)


@mistake(
    "outputs-instead-of-inputs",
    "Gives `backward` the output of the block.",
    hint="`backward` asks for the input that the block had: the value before it in the chain.",
)
def outputs_instead_of_inputs(blocks, x, dcost):
    outputs = []
    for block in blocks:
        x = block.forward(x)
        outputs.append(x)
    g, grads = dcost(x), []
    for block, y in zip(reversed(blocks), reversed(outputs), strict=True):
        g, own = block.backward(y, g)
        grads.insert(0, own)
    return g, grads


@mistake(
    "from-the-beginning",
    "Goes through the blocks from the first to the last on the way back.",
    hint="The first derivative that you know is the one next to the cost.",
)
def from_the_beginning(blocks, x, dcost):
    inputs = []
    for block in blocks:
        inputs.append(x)
        x = block.forward(x)
    g, grads = dcost(x), []
    for block, given in zip(blocks, inputs, strict=True):
        g, own = block.backward(given, g)
        grads.append(own)
    return g, grads


@mistake(
    "forward-again",
    "Computes the forward pass again for each block on the way back.",
    hint="You had these values already. Keep them: a chain of 100 blocks would cost 5,000 calls this way.",
)
def forward_again(blocks, x, dcost):
    y = x
    for block in blocks:
        y = block.forward(y)
    g, grads = dcost(y), []
    for number in range(len(blocks) - 1, -1, -1):
        given = x
        for block in blocks[:number]:
            given = block.forward(given)
        g, own = blocks[number].backward(given, g)
        grads.insert(0, own)
    return g, grads


edit(
    "one-instead-of-dcost",
    "Begins with 1 instead of the derivative of the cost.",
    hint="The chain ends at the cost. What is the derivative of the cost with respect to the last output?",
    replace=("dcost(inputs.pop())", "torch.ones_like(inputs.pop())"),
)
edit(
    "cost-of-the-input",
    "Takes the derivative of the cost at the input of the chain.",
    hint="`dcost` is asked at the output of the last block.",
    replace=("dcost(inputs.pop())", "dcost((inputs.pop(), x)[1])"),
)


@mistake(
    "derivative-not-passed-on",
    "Gives every block the derivative of the cost.",
    hint="What `backward` returns first is the derivative for the block before it. Take it along.",
)
def derivative_not_passed_on(blocks, x, dcost):
    inputs = []
    for block in blocks:
        inputs.append(x)
        x = block.forward(x)
    g, grads, dx = dcost(x), [], dcost(x)
    for block, given in zip(reversed(blocks), reversed(inputs), strict=True):
        dx, own = block.backward(given, g)
        grads.insert(0, own)
    return dx, grads


edit(
    "one-list",
    "Puts the derivatives of all parameters into one list.",
    hint="A list for each block: empty where a block has no parameters.",
    replace=("grads[::-1]", "[one for own in grads[::-1] for one in own]"),
)
