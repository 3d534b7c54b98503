"""Biases in place."""

import torch

from grader.spec import Rng, alternative, cases, edit, edit_alternative, fixture, mistake, script


def open_forget_gates(lstm, bias):
    for name, parameter in lstm.named_parameters():
        if name.startswith("bias"):
            quarter = parameter.data.chunk(4)[1]
            quarter.fill_(bias if "_ih_" in name else 0.0)


@cases("open")
def networks(rng: Rng):
    for label, E, H, layers, bias in (("one layer", 3, 5, 1, 1.0), ("three layers", 5, 3, 3, 2.5), ("a negative bias", 7, 6, 2, -1.5)):
        count = sum(4 * H * ((H if k else E) + H + 2) for k in range(layers))
        s = script(label, atol=1e-6)
        network = s.call(fixture("lstm"), E, H, layers, rng.normal(count), label="the network", compare=False)
        s.call("open_forget_gates", network, bias, label="nothing is returned")
        s.call(fixture("sums_of_biases"), network, label="sums of both biases: layer, gate, entry")
        s.call(fixture("weights"), network, label="weights")
        s.call(fixture("same"), network, label="the same parameters, to be trained")
        yield s


@alternative(part="open")
def halves(lstm, bias):
    H = lstm.hidden_size
    with torch.no_grad():
        for k in range(lstm.num_layers):
            for kind in ("ih", "hh"):
                getattr(lstm, f"bias_{kind}_l{k}")[H : 2 * H] = bias / 2


@alternative(part="open")
@torch.no_grad()
def the_rest(lstm, bias):
    for k in range(lstm.num_layers):
        first, second = getattr(lstm, f"bias_ih_l{k}"), getattr(lstm, f"bias_hh_l{k}")
        H = len(first) // 4
        first[H : 2 * H] = bias - second[H : 2 * H]


@alternative(part="open")
def by_all_weights(lstm, bias):
    H = lstm.hidden_size
    for layer in lstm.all_weights:
        layer[2].data[H : 2 * H].fill_(bias)
        layer[3].data[H : 2 * H].zero_()


@alternative(part="open")
def by_init(lstm, bias):
    H = lstm.hidden_size
    for name, parameter in lstm.named_parameters():
        if "bias_ih" in name:
            torch.nn.init.constant_(parameter[H : 2 * H], bias)
        elif "bias_hh" in name:
            torch.nn.init.zeros_(parameter[H : 2 * H])


edit_alternative("viewed", part="open", replace=("parameter.data.chunk(4)[1]", "parameter.data.view(4, -1)[1]"))
edit_alternative("other-bias", part="open", replace=('"_ih_" in name', '"_hh_" in name'))

edit(
    "both-biases",
    "Gives both biases the whole value.",
    hint="The two are added up.",
    part="open",
    replace=('bias if "_ih_" in name else 0.0', "bias"),
)
edit(
    "input-gate",
    "Changes the input gate.",
    hint="The order is input gate, forget gate, $g$, output gate: the forget gate has the entries `H` to `2H`.",
    part="open",
    replace=("chunk(4)[1]", "chunk(4)[0]"),
)
edit(
    "all-gates",
    "Changes the biases of all gates.",
    hint="Only the entries `H` to `2H` belong to the forget gate.",
    part="open",
    replace=(".chunk(4)[1]", ""),
)


@mistake(
    "one-bias",
    "Leaves the second bias of the forget gate as it is.",
    hint="Each gate has two biases, `bias_ih` and `bias_hh`, and they are added up.",
    part="open",
)
def one_bias(lstm, bias):
    H = lstm.hidden_size
    with torch.no_grad():
        for k in range(lstm.num_layers):
            getattr(lstm, f"bias_ih_l{k}")[H : 2 * H] = bias


@mistake(
    "first-layer",
    "Changes the first layer alone.",
    hint="Every layer has gates: `bias_ih_l0`, `bias_ih_l1`, …",
    part="open",
)
def first_layer(lstm, bias):
    H = lstm.hidden_size
    if lstm.num_layers > 0:
        lstm.bias_ih_l0.data[H : 2 * H] = bias
        lstm.bias_hh_l0.data[H : 2 * H] = 0.0


@mistake(
    "new-parameters",
    "Puts new parameters in place of the old ones.",
    hint="An optimiser that knows the old ones would train nothing. Change them in place, under `torch.no_grad()`.",
    part="open",
)
def new_parameters(lstm, bias):
    H = lstm.hidden_size
    for k in range(lstm.num_layers):
        first, second = getattr(lstm, f"bias_ih_l{k}").detach().clone(), getattr(lstm, f"bias_hh_l{k}").detach().clone()
        first[H : 2 * H], second[H : 2 * H] = bias, 0.0
        setattr(lstm, f"bias_ih_l{k}", torch.nn.Parameter(first))
        setattr(lstm, f"bias_hh_l{k}", torch.nn.Parameter(second))
