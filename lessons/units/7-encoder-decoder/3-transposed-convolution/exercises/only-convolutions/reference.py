"""Convolutions that halve the size twice, transposed ones that double it twice."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, script


class DenoisingNetwork(nn.Module):
    def __init__(self):
        super().__init__()
        halves, doubles = {"kernel_size": 3, "stride": 2, "padding": 1}, {"output_padding": 1}
        self.way_in = nn.Sequential(nn.Conv2d(1, 16, **halves), nn.ReLU(), nn.Conv2d(16, 32, **halves), nn.ReLU())
        self.wide = nn.Sequential(nn.ConvTranspose2d(32, 16, **halves, **doubles), nn.ReLU())
        self.last = nn.ConvTranspose2d(16, 1, **halves, **doubles)

    def forward(self, X):
        return torch.sigmoid(self.last(self.wide(self.way_in(X))))


def fit(images, seed):
    torch.manual_seed(seed)
    net, noise = DenoisingNetwork(), nn.Dropout(0.5)
    adam = torch.optim.Adam(net.parameters(), lr=4e-3)
    for _ in range(25):
        for clean in images[torch.randperm(len(images))].split(20):
            loss = (net(noise(clean)) - clean).square().mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
    return net


# --- the network --------------------------------------------------------------------------------------------------

SIZES = {"five garments": (5, 1, 28, 28), "one garment": (1, 1, 28, 28), "other pictures": (3, 1, 20, 36)}


@cases("network")
def shapes(rng: Rng):
    s = script("what it gives", weight=0)
    net = s.new("DenoisingNetwork", label="the network")
    for label, size in SIZES.items():
        s.call(net, 60 * rng.normal(*size), label=label, compare=False)
    s.state_dict(net, compare=False)
    s.call(fixture("layers"), net, label="layers", compare=False)
    s.call(fixture("silent"), net, rng.uniform(5, 1, 12, 20), label="without a gradient", compare=False)
    yield s


@check("keeps the size, with pixels between 0 and 1", part="network")
def pictures(got, ref, inputs):
    return fault(got)


def fault(got):
    for label, size in SIZES.items():
        out = got[label]
        if not isinstance(out, torch.Tensor) or out.shape != size:
            told = f"{' x '.join(map(str, out.shape[2:]))} pixels" if isinstance(out, torch.Tensor) else "no pictures"
            return Finding(
                f"For pictures of {size[2]} x {size[3]} pixels the output has another size.", name="other-size",
                expected=f"{size[2]} x {size[3]} pixels", got=told,
            )
        if not bool(((out >= 0) & (out <= 1)).all()):
            return Finding("Pixels of the output are not between 0 and 1.", name="range", hint=RANGE)
    return None


@check("at most 20,000 parameters", part="network")
def few(got, ref, inputs):
    count = sum(one.numel() for one in got["state_dict()"].values())
    if 0 < count <= 20_000:
        return None
    return Finding("The number of parameters is not allowed.", name="count", expected="20,000 or fewer", got=str(count), hint=COUNT)


@check("convolutions and activations only", part="network", observation=True)
def allowed(got, ref, inputs):
    return strange(got["layers"])


def strange(names):
    if not isinstance(names, list):
        return Finding("The layers cannot be told.", name="no-layers")
    other = sorted(set(names) - {"Conv2d", "ConvTranspose2d", "activation"})
    if other:
        return Finding(f"A layer is not allowed: {other[0]}.", name="other-layer", hint=LAYERS)
    if missing := {"Conv2d", "ConvTranspose2d"} - set(names):
        return Finding(f"There is no {sorted(missing)[0]}.", name="missing-layer", hint=LAYERS)
    return None


RANGE = "What keeps a number between 0 and 1, however large it is?"
COUNT = "9 numbers for each pair of channels: which layers have many pairs?"
LAYERS = "Only `nn.Conv2d`, `nn.ConvTranspose2d` and activations are allowed. A stride halves the size, a transposed convolution doubles it."
SILENT = "A parameter without a gradient is in a layer that `forward` does not use, or behind one that gives nothing but zeros."


@check("every parameter gets a gradient", part="network", observation=True)
def all_learn(got, ref, inputs):
    names = got["without a gradient"]
    if names == []:
        return None
    told = names[0] if isinstance(names, list) and names else "a parameter"
    return Finding(f"`{told}` gets no gradient.", name="silent", hint=SILENT)


def by(name):
    return lambda got, ref, inputs: (fault(got) or Finding("")).name == name


# --- other right answers ------------------------------------------------------------------------------------------


@alternative(part="network")
class InOneRow(nn.Sequential):
    def __init__(self):
        super().__init__(
            nn.Conv2d(1, 8, 4, 2, 1), nn.ReLU(), nn.Conv2d(8, 24, 4, 2, 1), nn.LeakyReLU(),
            nn.ConvTranspose2d(24, 8, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(8, 1, 4, 2, 1), nn.Sigmoid(),
        )  # fmt: skip


@alternative(part="network")
class WithoutPadding(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Conv2d(1, 20, 2, stride=2), nn.Conv2d(20, 30, 2, stride=2)
        self.c, self.d = nn.ConvTranspose2d(30, 20, 2, stride=2), nn.ConvTranspose2d(20, 1, 2, stride=2)

    def forward(self, X):
        X = torch.tanh(self.b(torch.tanh(self.a(X))))
        return torch.sigmoid(self.d(torch.tanh(self.c(X))))


@alternative(part="network")
class Deeper(nn.Module):
    def __init__(self):
        super().__init__()
        self.there = nn.ModuleList([nn.Conv2d(1, 12, 3, padding=1), nn.Conv2d(12, 16, 3, 2, 1), nn.Conv2d(16, 24, 3, 2, 1)])
        self.back = nn.ModuleList([nn.ConvTranspose2d(24, 16, 4, 2, 1), nn.ConvTranspose2d(16, 12, 4, 2, 1)])
        self.last = nn.Conv2d(12, 1, 3, padding=1)

    def forward(self, X):
        for layer in [*self.there, *self.back]:
            X = nn.functional.elu(layer(X))
        return self.last(X).sigmoid()


edit_alternative("clearer-steps", part="network", replace=("return torch.sigmoid(self.last(self.wide(self.way_in(X))))", "codes = self.way_in(X)\n        return nn.functional.sigmoid(self.last(self.wide(codes)))"))
edit_alternative("fewer-channels", part="network", replace=[("nn.Conv2d(16, 32,", "nn.Conv2d(16, 20,"), ("nn.ConvTranspose2d(32, 16,", "nn.ConvTranspose2d(20, 16,")])

edit(
    "no-output-padding",
    "Gives pictures that are too small.",
    hint="$H_{out} = (H_{in} - 1) s - 2 \\, \\mathrm{padding} + p + \\mathrm{output\\_padding}$. With a kernel of 3, a stride of 2 and padding 1, what is missing from 13 to 14?",
    part="network",
    replace=('{"output_padding": 1}', "{}"),
    when=by("other-size"),
)
edit(
    "no-sigmoid",
    "Gives pixels that are not between 0 and 1.",
    hint=RANGE,
    part="network",
    replace=("torch.sigmoid(self.last(self.wide(self.way_in(X))))", "self.last(self.wide(self.way_in(X)))"),
    when=by("range"),
)
edit(
    "wasteful",
    "Has too many parameters.",
    hint=COUNT,
    part="network",
    replace=[("nn.Conv2d(16, 32,", "nn.Conv2d(16, 160,"), ("nn.ConvTranspose2d(32, 16,", "nn.ConvTranspose2d(160, 16,")],
    when=lambda got, ref, inputs: fault(got) is None and few(got, ref, inputs) is not None,
)
edit(
    "normalised",
    "Has layers that are not allowed.",
    hint=LAYERS,
    part="network",
    replace=("nn.Conv2d(1, 16, **halves), nn.ReLU()", "nn.Conv2d(1, 16, **halves), nn.BatchNorm2d(16), nn.ReLU()"),
    when=lambda got, ref, inputs: fault(got) is None and (strange(got["layers"]) or Finding("")).name == "other-layer",
)
edit(
    "layer-unused",
    "Has parameters without a gradient.",
    hint=SILENT,
    part="network",
    replace=("        self.last = ", "        self.more = nn.Conv2d(1, 1, 3)\n        self.last = "),
    when=lambda got, ref, inputs: all_learn(got, ref, inputs) is not None,
)

# --- trained ------------------------------------------------------------------------------------------------------


def lights(rng: Rng, n, h=12, w=20):
    """Four round lights in each picture."""
    r, c = torch.arange(h).float()[:, None], torch.arange(w).float()
    out = torch.zeros(n, h, w)
    for _ in range(4):
        at_r, at_c = rng.uniform(n, 1, 1, low=1, high=h - 2), rng.uniform(n, 1, 1, low=1, high=w - 2)
        size, light = rng.uniform(n, 1, 1, low=1.5, high=3), rng.uniform(n, 1, 1, low=0.5)
        out = torch.maximum(out, light * torch.exp(-((r - at_r) ** 2 + (c - at_c) ** 2) / (2 * size**2)))
    return out[:, None]


@cases("fit")
def small_pictures(rng: Rng):
    images, clean = lights(rng, 200), lights(rng, 200)
    corrupted = 2 * clean * (rng.uniform(200, 1, 12, 20) < 0.5)
    baseline = (images.mean(0) - clean).square().mean().item()
    s = script("12 x 20 pixels", truth=(clean, baseline), weight=0)
    model = s.call("fit", images, rng.integers(0, 10**6), label="training", compare=False)
    s.ask(model, corrupted)
    yield s


@check("restores pictures that it has not seen", part="fit")
def restores(got, ref, inputs):
    clean, baseline = inputs["truth"]
    out = got["held-out"]
    if not isinstance(out, torch.Tensor) or out.shape != clean.shape:
        return Finding("The output does not have the size of the input.", name="other-size-trained")
    relative = (out.double() - clean).square().mean().item() / baseline
    if relative <= 0.3:
        return None
    return Finding(
        f"On pictures that it has not seen, the error is {relative:.2f} of the mean picture's.", name="too-large",
        expected="0.3 or less", got=f"{relative:.2f}", hint=TRAINED,
    )


TRAINED = "Is the input corrupted and the target clean? And are 25 epochs with Adam and a rate of 0.004 enough?"


def too_large(got, ref, inputs):
    return restores(got, ref, inputs) is not None


@alternative(part="fit")
def another_network(images, seed):
    torch.manual_seed(seed)
    model, corruptor = InOneRow(), nn.Dropout()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(30):
        for places in torch.randperm(len(images)).split(20):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(corruptor(images[places])), images[places]).backward()
            optimizer.step()
    return model


edit_alternative("by-loader", part="fit", replace=("images[torch.randperm(len(images))].split(20)", "torch.utils.data.DataLoader(images, 20, shuffle=True)"))
edit_alternative("other-noise", part="fit", replace=("net(noise(clean))", "net(2 * clean * (torch.rand(clean.shape) < 0.5))"))
edit_alternative("functional", part="fit", replace=("(net(noise(clean)) - clean).square().mean()", "nn.functional.mse_loss(net(nn.functional.dropout(clean)), clean)"))
edit_alternative("slower", part="fit", replace=[("lr=4e-3", "lr=3e-3"), ("range(25)", "range(35)")])

edit(
    "corrupted-target",
    "Either trains too little, or for another target.",
    hint=TRAINED,
    part="fit",
    replace=("(net(noise(clean)) - clean)", "(net(clean) - noise(clean))"),
    when=too_large,
)
edit(
    "few-steps",
    "Either trains too little, or for another target.",
    hint=TRAINED,
    part="fit",
    replace=("range(25)", "range(1)"),
    when=too_large,
)
edit(
    "never-steps",
    "Either trains too little, or for another target.",
    hint=TRAINED,
    part="fit",
    replace=("            adam.step()\n", ""),
    when=too_large,
)
