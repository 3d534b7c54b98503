"""Parameter groups by the kind of layer, and AdamW by hand."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, fixture, mistake, script


def decay_groups(model, lam):
    decayed = [layer.weight for layer in model.modules() if isinstance(layer, nn.Linear)]
    places = {one.data_ptr() for one in decayed}
    rest = [one for one in model.parameters() if one.data_ptr() not in places]
    lists = [[one for one in group if one.requires_grad] for group in (decayed, rest)]
    return [{"params": one, "weight_decay": decay} for one, decay in zip(lists, (lam, 0.0), strict=True) if one]


def adamw_step(w, g, m, v, t, lr, lam):
    m = torch.lerp(g, m, 0.9)
    v = torch.lerp(g * g, v, 0.999)
    corrected = m / (1 - 0.9**t)
    root = (v / (1 - 0.999**t)).sqrt()
    return w - lr * lam * w - lr * corrected / (root + 1e-8), m, v


# --- cases --------------------------------------------------------------------------------------------------------

LINEAR = {
    "flat": ("0.weight", "2.weight"),
    "normalised": ("0.weight", "3.weight"),
    "nested": ("0.0.weight", "0.1.0.inside.weight", "0.1.1.weight"),
    "frozen": ("2.weight", "4.weight"),
    "convolution": ("0.weight",),
    "weights alone": ("0.weight", "2.weight"),
}
FROZEN = ("0.weight", "0.bias", "2.bias")


@cases("groups")
def models(rng: Rng):
    for kind in LINEAR:
        lam = round(rng.uniform(low=0.05, high=0.9), 3)
        s = script(kind, weight=0, truth=(kind, lam))
        model = s.spy(fixture("model"), kind)
        groups = s.call("decay_groups", model, lam, label="groups", compare=False)
        s.call(fixture("as_seen"), model, groups, label="as an optimiser sees them", compare=False)
        yield s


@check("each parameter once, with its decay", part="groups")
def grouped(got, ref, inputs):
    kind, lam = inputs["truth"]
    seen = got["as an optimiser sees them"]
    if not isinstance(seen, tuple | list) or len(seen) != 3:
        return Finding("The optimisers cannot use the groups.", name="no-groups")
    decays, strangers, empty = seen
    frozen = FROZEN if kind == "frozen" else ()
    if strangers:
        return Finding("A group has a tensor that is no parameter of the model.", name="strangers")
    for name, found in decays.items():
        wanted = [] if name in frozen else [lam if name in LINEAR[kind] else 0.0] * 3
        if len(found) < len(wanted):
            return Finding(f"{name} is in no group, so it would not be trained.", name="missing")
        if len(found) > len(wanted):
            if wanted:
                return Finding(f"{name} is there more than once.", name="twice")
            return Finding(f"{name} requires no gradient, and is in a group.", name="frozen-too")
        if any(abs(one - right) > 1e-9 for one, right in zip(found, wanted, strict=True)):
            told = {"expected": f"{wanted[0]:g}", "got": f"{found[0]:g}"}
            if name in LINEAR[kind]:
                return Finding(f"{name} does not get the decay.", name="not-decayed", **told)
            if "bias" in name:
                return Finding(f"{name} decays.", name="bias-decays", **told)
            return Finding(f"{name} decays, and belongs to no linear layer.", name="normalisation-too", **told)
    if empty:
        return Finding("A group is empty.", name="empty")
    return None


@cases("adamw")
def steps(rng: Rng):
    for t, lam, size in ((1, 0.5, (7,)), (2, 0.1, (5, 3)), (10, 0.0, (7, 3)), (500, 2.0, (3, 5))):
        w, g, m = (rng.normal(*size, dtype=torch.float64) for _ in range(3))
        v = rng.uniform(*size, low=0.01, high=2.0, dtype=torch.float64)
        if t == 1:
            m, v = torch.zeros_like(w), torch.zeros_like(w)
        yield case(w=w, g=g, m=m, v=v, t=t, lr=round(rng.uniform(low=0.05, high=0.3), 3), lam=lam, label=f"step {t}, lambda {lam}", rtol=1e-9)
    zeros = torch.zeros(5, dtype=torch.float64)
    yield case(w=rng.normal(5, dtype=torch.float64), g=zeros, m=zeros.clone(), v=zeros.clone(), t=1, lr=0.1, lam=0.5, label="a gradient of 0", rtol=1e-9)


@check("as PyTorch's AdamW does", part="adamw")
def as_in_torch(got, ref, inputs):
    if not isinstance(got, tuple | list) or len(got) != 3 or not isinstance(got[0], torch.Tensor):
        return Finding("Three tensors are expected.", name="not-three")
    w = inputs["w"].clone().requires_grad_()
    optimizer = torch.optim.AdamW([w], lr=inputs["lr"], weight_decay=inputs["lam"])
    w.grad = inputs["g"].clone()
    optimizer.state[w] = {"step": torch.tensor(float(inputs["t"] - 1)), "exp_avg": inputs["m"].clone(), "exp_avg_sq": inputs["v"].clone()}
    optimizer.step()
    if got[0].shape == w.shape and torch.allclose(got[0].double(), w.detach(), rtol=1e-7, atol=1e-9):
        return None
    return Finding("PyTorch's AdamW makes a different step.", name="not-adamw")


# --- groups -------------------------------------------------------------------------------------------------------


@alternative(part="groups")
def by_ids(model, lam):
    weights = {id(layer.weight) for layer in model.modules() if isinstance(layer, nn.Linear)}
    groups = {True: [], False: []}
    for parameter in model.parameters():
        if parameter.requires_grad:
            groups[id(parameter) in weights].append(parameter)
    return [{"params": group, "weight_decay": lam if key else 0.0} for key, group in groups.items() if group]


@alternative(part="groups")
def module_by_module(model, lam):
    decayed, rest = [], []
    for module in model.modules():
        for name, parameter in module.named_parameters(recurse=False):
            if not parameter.requires_grad:
                continue
            (decayed if isinstance(module, nn.Linear) and name == "weight" else rest).append(parameter)
    return [{"params": one, "weight_decay": decay} for one, decay in ((decayed, lam), (rest, 0)) if one]


@alternative(part="groups")
def by_names(model, lam):
    linear = {f"{name}.weight" for name, layer in model.named_modules() if isinstance(layer, nn.Linear)}
    named = {name: one for name, one in model.named_parameters() if one.requires_grad}
    result = []
    for wanted, decay in ((True, lam), (False, 0.0)):
        some = [one for name, one in named.items() if (name in linear) is wanted]
        if some:
            result.append({"params": some, "weight_decay": decay})
    return result


@alternative(part="groups")
def one_group_each(model, lam):
    weights = [layer.weight for layer in model.modules() if isinstance(layer, nn.Linear)]
    return [
        {"params": [one], "weight_decay": lam if any(one is weight for weight in weights) else 0.0}
        for one in model.parameters()
        if one.requires_grad
    ]


@alternative(part="groups")
def by_hand_through_children(model, lam):
    groups = []

    def walk(module):
        for name, parameter in module._parameters.items():
            if parameter is not None and parameter.requires_grad:
                groups.append({"params": parameter if False else [parameter], "weight_decay": lam * (isinstance(module, nn.Linear) and name == "weight")})
        for child in module.children():
            walk(child)

    walk(model)
    return groups


def found(name):
    return lambda got, ref, inputs: grouped(got, ref, inputs).name == name


@mistake(
    "normalisation-too",
    "Lets the parameters of other layers decay.",
    hint="Normalisation layers have a parameter that is called `weight`. Ask for the kind of the layer, not for the name.",
    part="groups",
    when=found("normalisation-too"),
)
def by_the_name(model, lam):
    named = [(name, one) for name, one in model.named_parameters() if one.requires_grad]
    return [
        {"params": [one for name, one in named if name.endswith("weight")], "weight_decay": lam},
        {"params": [one for name, one in named if not name.endswith("weight")], "weight_decay": 0.0},
    ]


@mistake(
    "twice",
    "Has a parameter in two groups.",
    hint="`module.parameters()` includes those of the modules inside it. With `recurse=False` it gives only the module's own.",
    part="groups",
    when=lambda got, ref, inputs: "more than one parameter group" in str(inputs["raised"]),
)
def all_and_some(model, lam):
    return [
        {"params": [layer.weight for layer in model.modules() if isinstance(layer, nn.Linear)], "weight_decay": lam},
        {"params": list(model.parameters()), "weight_decay": 0.0},
    ]


edit(
    "rest-forgotten",
    "Leaves parameters out, which would never be trained.",
    hint="An optimiser changes only what it was given. Everything else needs a group too, with the decay 0.",
    part="groups",
    replace=("for one, decay in zip(lists, (lam, 0.0), strict=True) if one", "for one, decay in [(lists[0], lam)]"),
    when=found("missing"),
)
edit(
    "first-level-only",
    "Finds the linear layers of the first level only.",
    hint="Linear layers may lie deep inside other modules. `model.modules()` finds them all.",
    part="groups",
    replace=("model.modules()", "model.children()"),
    when=found("not-decayed"),
)
edit(
    "biases-too",
    "Lets the biases decay.",
    hint="Only the weights of linear layers get the decay.",
    part="groups",
    replace=("(lam, 0.0)", "(lam, lam)"),
    when=found("bias-decays"),
)
edit(
    "frozen-too",
    "Has parameters that require no gradient.",
    hint="Ask each parameter for `requires_grad`.",
    part="groups",
    replace=("[one for one in group if one.requires_grad]", "list(group)"),
    when=found("frozen-too"),
)

# --- a step of AdamW ----------------------------------------------------------------------------------------------


@alternative(part="adamw")
def as_in_the_prompt(w, g, m, v, t, lr, lam):
    decayed = w * (1 - lr * lam)
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    size = (v / (1 - 0.999**t)).sqrt() + 1e-8
    return decayed - lr * m / (1 - 0.9**t) / size, m, v


@alternative(part="adamw")
def on_copies(w, g, m, v, t, lr, lam):
    w, m, v = w.clone(), m.clone(), v.clone()
    w.mul_(1 - lr * lam)
    m.mul_(0.9).add_(g, alpha=0.1)
    v.mul_(0.999).addcmul_(g, g, value=0.001)
    root = (v.sqrt() / (1 - 0.999**t) ** 0.5).add_(1e-8)
    return w.addcdiv_(m, root, value=-lr / (1 - 0.9**t)), m, v


edit_alternative("two-differences", part="adamw", replace=("w - lr * lam * w - lr * corrected / (root + 1e-8)", "w - lr * (corrected / (root + 1e-8) + lam * w)"))
edit_alternative("running-means-written-out", part="adamw", replace=[("torch.lerp(g, m, 0.9)", "m * 0.9 + g * (1 - 0.9)"), ("torch.lerp(g * g, v, 0.999)", "v * 0.999 + g.square() * (1 - 0.999)")])
edit_alternative("power", part="adamw", replace=("(v / (1 - 0.999**t)).sqrt()", "(v / (1 - pow(0.999, t))) ** 0.5"))

edit(
    "in-the-gradient",
    "Puts the decay into the gradient, as Adam does.",
    hint="The running means see the gradient of the cost only. The decay multiplies the weights.",
    part="adamw",
    replace=[("    m = torch.lerp(g, m, 0.9)\n", "    g = g + lam * w\n    m = torch.lerp(g, m, 0.9)\n"), ("w - lr * lam * w -", "w -")],
)
edit(
    "no-decay",
    "Does not decay.",
    hint="First the weights are multiplied by 1 - lr * lam.",
    part="adamw",
    replace=("w - lr * lam * w -", "w -"),
)
edit(
    "without-the-rate",
    "Decays by lambda, whatever the rate is.",
    hint="The weights lose the fraction lr * lam.",
    part="adamw",
    replace=("w - lr * lam * w -", "w - lam * w -"),
)
edit(
    "not-corrected",
    "Leaves out the bias correction.",
    hint="Both running means are divided: by 1 - 0.9**t and by 1 - 0.999**t.",
    part="adamw",
    replace=[("m / (1 - 0.9**t)", "m"), ("(v / (1 - 0.999**t)).sqrt()", "v.sqrt()")],
)
edit(
    "betas-swapped",
    "Gives the old running mean the weight of the new gradient.",
    hint="The old mean counts 0.9, the gradient 0.1.",
    part="adamw",
    replace=[("torch.lerp(g, m, 0.9)", "torch.lerp(m, g, 0.9)"), ("torch.lerp(g * g, v, 0.999)", "torch.lerp(v, g * g, 0.999)")],
)
edit(
    "corrected-means-returned",
    "Returns the corrected mean instead of the running one.",
    hint="The correction is for this step only. The next one goes on with m' itself.",
    part="adamw",
    replace=("(root + 1e-8), m, v", "(root + 1e-8), corrected, v"),
)


@mistake(
    "changed-in-place",
    "Changes the tensors that it was given.",
    hint="`w *= ...` changes the tensor that was handed in. `w * ...` makes a new one.",
    part="adamw",
)
def in_place(w, g, m, v, t, lr, lam):
    w *= 1 - lr * lam
    m.mul_(0.9).add_(g, alpha=0.1)
    v.mul_(0.999).addcmul_(g, g, value=0.001)
    w -= lr * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)).sqrt() + 1e-8)
    return w, m, v

edit(
    "decays-afterwards",
    "Lets the weights decay after Adam's step instead of before it.",
    hint="The decay is `lr * lam` times the weights as they were.",
    part="adamw",
    replace=("return w - lr * lam * w - lr * corrected / (root + 1e-8), m, v", "return (w - lr * corrected / (root + 1e-8)) * (1 - lr * lam), m, v"),
)
edit(
    "epsilon-under-the-root",
    "Puts epsilon under the root.",
    hint="Epsilon is added to the root.",
    part="adamw",
    replace=("(v / (1 - 0.999**t)).sqrt()", "(v / (1 - 0.999**t) + 1e-8).sqrt()"),
)
edit(
    "no-square",
    "Takes the absolute value of the gradient instead of its square.",
    hint="`v` is the running mean of the squares.",
    part="adamw",
    replace=("g * g", "g.abs()"),
)
