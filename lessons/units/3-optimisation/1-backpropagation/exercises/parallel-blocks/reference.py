"""Where a value is used twice, its derivatives are added."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, fixture, mistake, script


def grad_parallel(J1, J2, J3u, J3v, g):
    return g @ J3u @ J2 + g @ J3v @ J1


def backprop_graph(nodes, x, dcost):
    values = [x]
    for block, sources in nodes:
        values.append(block.forward(*[values[i] for i in sources]))
    g = [torch.zeros_like(value) for value in values]
    g[-1] = dcost(values[-1])
    for number in range(len(nodes), 0, -1):
        block, sources = nodes[number - 1]
        found = block.backward(*[values[i] for i in sources], g[number])
        for place, i in enumerate(sources):
            g[i] = g[i] + found[place]
    return g[0]


@cases("jacobians")
def sizes(rng: Rng):
    for n, p, q, r in ((5, 3, 4, 2), (1, 1, 1, 1), (3, 3, 3, 3), (4, 2, 7, 6)):
        J1, J2, J3u, J3v, g = (
            rng.normal(*size, dtype=torch.float64) for size in ((p, n), (q, n), (r, q), (r, p), (r,))
        )
        yield case(J1=J1, J2=J2, J3u=J3u, J3v=J3v, g=g, label=f"n = {n}, p = {p}, q = {q}, r = {r}", rtol=1e-8)


GRAPHS = (
    ("the fork of the prompt", [("sine", [0]), ("square", [0]), ("product", [2, 1])]),
    ("the fork with a ratio", [("sine", [0]), ("square", [0]), ("ratio", [2, 1])]),
    ("a value times itself", [("sine", [0]), ("product", [1, 1])]),
    ("a chain", [("weights", [0]), ("sine", [1]), ("square", [2])]),
    ("a long way and a short one", [("weights", [0]), ("sine", [1]), ("square", [2]), ("difference", [0, 3]), ("ratio", [4, 1])]),
    ("a value that goes nowhere", [("sine", [0]), ("square", [1]), ("weights", [0]), ("product", [1, 3])]),
    ("x used four times", [("product", [0, 0]), ("ratio", [1, 0]), ("difference", [2, 0]), ("sine", [3])]),
)  # fmt: skip


@cases("graph")
def graphs(rng: Rng):
    for label, parts in GRAPHS:
        made = [
            (kind, [rng.normal(7 if label == "a chain" else 3, 3, dtype=torch.float64)] * (kind == "weights"), sources)
            for kind, sources in parts
        ]
        s = script(label)
        nodes = s.call(fixture("graph"), made, label="the graph", compare=False)
        s.call("backprop_graph", nodes, rng.normal(3, dtype=torch.float64), fixture("sum_of_sines"), label="derivative")
        yield s
    s = script("an output that x does not reach", weight=1)
    nodes = s.call(fixture("graph"), [("sine", [], [0])], label="the graph", compare=False)
    s.call("backprop_graph", nodes, torch.zeros(3, dtype=torch.float64), fixture("sum_of_sines"), label="derivative")
    yield s


# --- with Jacobians -----------------------------------------------------------------------------------------------

edit_alternative(
    "transposed", part="jacobians",
    replace=("g @ J3u @ J2 + g @ J3v @ J1", "J2.T @ J3u.T @ g + J1.T @ J3v.T @ g"),
)
edit_alternative(
    "jacobian-of-the-whole", part="jacobians", replace=("g @ J3u @ J2 + g @ J3v @ J1", "(J3u @ J2 + J3v @ J1).T @ g")
)


@alternative(part="jacobians")
def stacked(J1, J2, J3u, J3v, g):
    return g @ (torch.cat([J3u, J3v], dim=1) @ torch.cat([J2, J1], dim=0))


@alternative(part="jacobians")
def in_two_steps(J1, J2, J3u, J3v, g):
    du, dv = J3u.T @ g, J3v.T @ g
    dx = torch.zeros(J1.shape[1], dtype=torch.float64)
    dx += J2.T @ du
    dx += J1.T @ dv
    return dx


@alternative(part="jacobians")
def with_einsum(J1, J2, J3u, J3v, g):
    return torch.einsum("r,rq,qn->n", g, J3u, J2) + torch.einsum("r,rp,pn->n", g, J3v, J1)


@mistake(
    "all-in-a-row",
    "Multiplies the derivatives of both blocks.",
    hint="Is there one path from X to Y, or two? Along a path Jacobians are multiplied; paths are added.",
    part="jacobians",
)
def all_in_a_row(J1, J2, J3u, J3v, g):
    return (g @ J3u @ J2) * (g @ J3v @ J1)


edit(
    "one-path-u",
    "Follows only the path through the first argument.",
    hint="X reaches Y in two ways. Where is the other one?",
    part="jacobians",
    replace=(" + g @ J3v @ J1", ""),
)
edit(
    "one-path-v",
    "Follows only the path through the second argument.",
    hint="X reaches Y in two ways. Where is the other one?",
    part="jacobians",
    replace=("g @ J3u @ J2 + ", ""),
)
edit(
    "averaged",
    "Takes the mean of the two paths.",
    hint="A change of X goes along both paths at once, and its effects add up.",
    part="jacobians",
    replace=("g @ J3u @ J2 + g @ J3v @ J1", "(g @ J3u @ J2 + g @ J3v @ J1) / 2"),
)


@mistake(
    "arguments-swapped",
    "Takes the output of the first block for the first argument.",
    hint="The first argument of the third block is the output of the second: J3u has a column for each of its numbers.",
    part="jacobians",
)
def arguments_swapped(J1, J2, J3u, J3v, g):
    return g @ J3u @ J1 + g @ J3v @ J2


edit(
    "without-the-cost",
    "Leaves out the derivative that arrives at Y.",
    hint="What comes back to X begins at the cost: multiply by g first.",
    part="jacobians",
    replace=("g @ J3u @ J2 + g @ J3v @ J1", "J3u @ J2 + J3v @ J1"),
)


# --- any graph ----------------------------------------------------------------------------------------------------


@alternative(part="graph")
def in_a_dict(nodes, x, dcost):
    values = {0: x}
    for number, (block, sources) in enumerate(nodes, start=1):
        values[number] = block.forward(*(values[source] for source in sources))
    derivatives = {len(nodes): dcost(values[len(nodes)])}
    for number in reversed(range(1, len(nodes) + 1)):
        if number not in derivatives:
            continue
        block, sources = nodes[number - 1]
        given = [values[source] for source in sources]
        for source, derivative in zip(sources, block.backward(*given, derivatives[number]), strict=True):
            derivatives[source] = derivatives.get(source, 0) + derivative
    return derivatives.get(0, torch.zeros_like(x))


@alternative(part="graph")
def collected_then_summed(nodes, x, dcost):
    values = [x]
    for block, sources in nodes:
        values.append(block.forward(*[values[s] for s in sources]))
    arrived = [[] for _ in values]
    arrived[-1].append(dcost(values[-1]))
    for (block, sources), y, ones in list(zip(nodes, values[1:], arrived[1:], strict=True))[::-1]:
        g = torch.stack([torch.zeros_like(y), *ones]).sum(0)
        for s, one in zip(sources, block.backward(*[values[s] for s in sources], g), strict=True):
            arrived[s].append(one)
    return sum(arrived[0], torch.zeros_like(x))


@alternative(part="graph")
def by_recursion(nodes, x, dcost):
    values = [x]
    for block, sources in nodes:
        values.append(block.forward(*[values[s] for s in sources]))

    def derivative(number):
        total = torch.zeros_like(values[number])
        if number == len(values) - 1:
            total = total + dcost(values[-1])
        for later, (block, sources) in enumerate(nodes, start=1):
            if number in sources:
                found = block.backward(*[values[s] for s in sources], derivative(later))
                total = total + sum(one for s, one in zip(sources, found, strict=True) if s == number)
        return total

    return derivative(0)


@alternative(part="graph")
def adding_in_place(nodes, x, dcost):
    values = [x.clone()]
    for block, sources in nodes:
        values.append(block.forward(*[values[s] for s in sources]))
    g = [torch.zeros(value.shape, dtype=torch.float64) for value in values]
    g[-1] += dcost(values[-1])
    for number in range(len(nodes))[::-1]:
        block, sources = nodes[number]
        for s, one in zip(sources, block.backward(*[values[s] for s in sources], g[number + 1]), strict=True):
            g[s] += one
    return g[0]


@alternative(part="graph")
def popping(nodes, x, dcost):
    values = [x]
    for block, sources in nodes:
        values += [block.forward(*[values[s] for s in sources])]
    g = [0 * value for value in values]
    g[-1] = dcost(values[-1])
    todo = list(nodes)
    while todo:
        dy = g.pop()
        block, sources = todo.pop()
        found = block.backward(*[values[s] for s in sources], dy)
        for s, one in zip(sources, found, strict=True):
            g[s] = g[s] + one
    return g[0]


edit(
    "overwritten",
    "Lets the derivative that arrives later replace the earlier one.",
    hint="Where a value is used twice, both derivatives count. It is the same reason for which .grad adds up.",
    part="graph",
    replace=("g[i] = g[i] + found[place]", "g[i] = found[place]"),
)
edit(
    "first-source-only",
    "Passes a derivative on to the first input of each node only.",
    hint="`backward` returns a derivative for each input. Give every one to its source.",
    part="graph",
    replace=("for place, i in enumerate(sources)", "for place, i in list(enumerate(sources))[:1]"),
)
edit(
    "inputs-swapped",
    "Gives the derivatives to the wrong inputs.",
    hint="The derivatives come in the order of the sources.",
    part="graph",
    replace=("found[place]", "found[-1 - place]"),
)
edit(
    "one-instead-of-dcost",
    "Begins with 1 instead of the derivative of the cost.",
    hint="The last value goes into the cost. What is the derivative there?",
    part="graph",
    replace=("dcost(values[-1])", "torch.ones_like(values[-1])"),
)


@mistake(
    "mean-of-what-arrives",
    "Takes the mean of the derivatives that arrive.",
    hint="A change of a value goes along all its paths at once, and its effects add up.",
    part="graph",
)
def mean_of_what_arrives(nodes, x, dcost):
    values = [x]
    for block, sources in nodes:
        values.append(block.forward(*[values[s] for s in sources]))
    arrived = [[] for _ in values]
    arrived[-1].append(dcost(values[-1]))
    for number in range(len(nodes), 0, -1):
        block, sources = nodes[number - 1]
        g = torch.stack([*arrived[number]] or [torch.zeros_like(values[number])]).mean(0)
        for s, one in zip(sources, block.backward(*[values[s] for s in sources], g), strict=True):
            arrived[s].append(one)
    return torch.stack(arrived[0]).mean(0)


@mistake(
    "as-a-chain",
    "Treats the network as a chain: each derivative goes to the node before.",
    hint="The sources of a node say where its inputs came from. The derivatives go back there.",
    part="graph",
)
def as_a_chain(nodes, x, dcost):
    values = [x]
    for block, sources in nodes:
        values.append(block.forward(*[values[s] for s in sources]))
    g = dcost(values[-1])
    for block, sources in reversed(nodes):
        g = block.backward(*[values[s] for s in sources], g)[0]
    return g
