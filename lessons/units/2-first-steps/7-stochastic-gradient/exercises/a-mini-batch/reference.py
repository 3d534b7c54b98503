"""A random mini-batch, judged by what is true of every one: nothing is compared with another draw."""

import torch
from torch.utils.data import DataLoader, RandomSampler, Subset

from grader.spec import Finding, Rng, alternative, cases, check, edit, fixture, mistake, script

COUNT = 97


def load_minibatch(dataset, size=16, generator=None):
    order = torch.randperm(len(dataset), generator=generator)[:size].tolist()
    images, labels = zip(*(dataset[index] for index in order), strict=True)
    return torch.stack(images) / 255, torch.tensor(labels)


@cases
def sets(rng: Rng):
    images = rng.integers(0, 256, COUNT, 1, 28, 28).to(torch.uint8)
    labels = rng.integers(0, 10, COUNT)
    s = script("97 pictures", weight=0, images=images, labels=labels)
    data = s.spy(fixture("pictures"), images, labels)
    s.call("load_minibatch", data, label="first", compare=False)
    s.call("load_minibatch", data, label="second", compare=False)
    s.call("load_minibatch", data, size=29, label="of 29", compare=False)
    generator = rng.generator()
    s.call("load_minibatch", data, 13, generator, label="seeded", compare=False)
    s.call("load_minibatch", data, 13, generator, label="seeded again", compare=False)
    s.call("load_minibatch", data, COUNT, label="all", compare=False)
    for name in DRAWS[2:]:
        s.call("load_minibatch", data, label=name, compare=False)
    yield s


DRAWS = ("first", "second", *(f"draw {number}" for number in range(3, 9)))
SIZES = {**dict.fromkeys(DRAWS, 16), "of 29": 29, "seeded": 13, "seeded again": 13, "all": COUNT}


def bytes_of(images):
    return (images.double() * 255).round()


def places(got, inputs, name):
    """Where the pictures of a mini-batch stand in the data set; -1 for one that is not there."""
    mine = bytes_of(got[name][0]).reshape(len(got[name][0]), -1)
    theirs = inputs["images"].double().reshape(COUNT, -1)
    equal = (mine[:, None] == theirs).all(2)
    return torch.where(equal.any(1), equal.int().argmax(1), -1)


def repeated(got, inputs):
    found = [places(got, inputs, name) for name in SIZES]
    return any(len(where.unique()) < len(where) for where in found)


def same(got, one, other):
    return got[one][0].shape == got[other][0].shape and torch.equal(got[one][0], got[other][0])


def drawn(got, inputs):
    return [places(got, inputs, name) for name in DRAWS]


def unlike_a_draw(got, inputs):
    """What eight draws of sixteen of 97 do not look like, in any of a million runs; None where they may be draws."""
    found = drawn(got, inputs)
    if all(len(((where[1:] - where[:-1]) % COUNT).unique()) == 1 for where in found):
        return "The samples of a mini-batch follow each other as they do in the set."
    sets = [set(where.tolist()) for where in found]
    common = [len(one & other) for i, one in enumerate(sets) for other in sets[:i]]
    if max(common) > 13:
        return f"Two mini-batches of sixteen have {max(common)} samples in common."
    if not any(common):
        return "Eight mini-batches of sixteen have no sample in common: a call goes on where the last one has stopped."
    quarters = torch.bincount(torch.cat(found) // 25, minlength=4)
    if quarters.min() < 6:
        return f"Of {16 * len(DRAWS)} samples {int(quarters.min())} came from one quarter of the set."
    return None


def in_order(got, inputs):
    return torch.equal(places(got, inputs, "first"), torch.arange(16))


@check("sizes and dtypes")
def sizes(got, ref, inputs):
    for name, size in SIZES.items():
        if not isinstance(got[name], list | tuple) or len(got[name]) != 2:
            return Finding("A pair of pictures and labels is expected.", "no-pair")
        images, labels = got[name]
        if not isinstance(images, torch.Tensor) or not isinstance(labels, torch.Tensor):
            return Finding("Both must be tensors.", "no-tensors")
        if images.shape != (size, 1, 28, 28) or labels.shape != (size,):
            shapes = f"{tuple(images.shape)} and {tuple(labels.shape)}"
            return Finding("The sizes are wrong.", "sizes", expected=f"{(size, 1, 28, 28)} and {(size,)}", got=shapes)
        if images.dtype != torch.float32 or labels.dtype != torch.int64:
            dtypes = f"{images.dtype} and {labels.dtype}"
            return Finding("The dtypes are wrong.", "dtypes", expected="torch.float32 and torch.int64", got=dtypes)
    return None


@check("numbers from 0 to 1")
def ranges(got, ref, inputs):
    low, high = got["all"][0].min().item(), got["all"][0].max().item()
    if low < 0 or high > 1 + 1e-6:
        return Finding("A number lies outside.", "outside", expected="0 to 1", got=f"{low:.4g} to {high:.4g}")
    return None


@check("pictures of the set, with their labels")
def pairs(got, ref, inputs):
    for name in SIZES:
        where = places(got, inputs, name)
        if bool((where < 0).any()):
            return Finding("A picture is not one of the data set.", "other-pictures")
        if not torch.equal(inputs["labels"][where], got[name][1]):
            return Finding("A picture came with the label of another.", "other-labels")
    return None


@check("none twice")
def once(got, ref, inputs):
    return Finding("A sample occurs twice in one mini-batch.", "twice") if repeated(got, inputs) else None


@check("each call draws anew")
def anew(got, ref, inputs):
    if in_order(got, inputs):
        return Finding("The first mini-batch has the first sixteen samples, in order.", "in-order")
    if same(got, "first", "second"):
        return Finding("Two calls gave the same mini-batch.", "not-anew")
    odd = unlike_a_draw(got, inputs)
    return Finding(odd, "no-draw") if odd else None


@check("the same seed, the same mini-batch")
def seeded(got, ref, inputs):
    return None if same(got, "seeded", "seeded again") else Finding("The generator made no difference.", "unseeded")


@alternative
def with_a_loader(dataset, size=16, generator=None):
    images, labels = next(iter(DataLoader(dataset, batch_size=size, shuffle=True, generator=generator)))
    return images.float() / 255, labels


@alternative
def with_a_loop(dataset, size=16, generator=None):
    for images, labels in DataLoader(dataset, size, shuffle=True, generator=generator):
        return images.to(torch.float32).div(255), labels


@alternative
def with_a_sampler(dataset, size=16, generator=None):
    sampler = RandomSampler(dataset, replacement=False, generator=generator)
    loader = DataLoader(dataset, batch_size=size, sampler=sampler)
    return tuple(part / 255 if part.dim() == 4 else part for part in next(iter(loader)))


@alternative
def of_a_subset(dataset, size=16, generator=None):
    chosen = torch.randperm(len(dataset), generator=generator)[:size]
    loader = DataLoader(Subset(dataset, chosen.tolist()), batch_size=size)
    return [part.float() / 255 if part.dtype == torch.uint8 else part for part in next(iter(loader))]


@alternative
def collated_by_hand(dataset, size=16, generator=None):
    def collate(samples):
        images = torch.stack([image for image, _ in samples])
        return images / 255, torch.tensor([label for _, label in samples])

    return next(iter(DataLoader(dataset, size, True, generator=generator, collate_fn=collate)))


@alternative
def by_weights(dataset, size=16, generator=None):
    chosen = torch.multinomial(torch.ones(len(dataset)), size, replacement=False, generator=generator)
    samples = [dataset[index] for index in chosen.tolist()]
    return torch.stack([image for image, _ in samples]).float() / 255, torch.tensor([label for _, label in samples])


edit(
    "bytes",
    "Leaves the pictures as bytes.",
    hint="A layer cannot take bytes. Convert the pictures to float32 from 0 to 1 when they are loaded.",
    of=with_a_loader,
    replace=("images.float() / 255", "images"),
    when=lambda got, ref, inputs: got["first"][0].dtype == torch.uint8,
)
edit(
    "not-divided",
    "Leaves numbers up to 255.",
    hint="float() keeps the numbers as they are. Divide by 255, or use ConvertImageDtype.",
    of=with_a_loader,
    replace=(" / 255", ""),
    when=lambda got, ref, inputs: bool(got["all"][0].max() > 1.01),
)
edit(
    "not-shuffled",
    "Takes the first samples of the set.",
    hint="These are always the same ones: labels 9, 0, 0, 3 and so on. A mini-batch for SGD must be random: shuffle.",
    of=with_a_loader,
    replace=("shuffle=True, ", ""),
    when=lambda got, ref, inputs: in_order(got, inputs),
)
edit(
    "with-replacement",
    "Draws with replacement.",
    hint="A sample may come twice in your mini-batch. Draw without replacement, as shuffling does.",
    of=with_a_loader,
    replace=(
        "shuffle=True, generator=generator",
        "sampler=RandomSampler(dataset, replacement=True, generator=generator)",
    ),
    when=lambda got, ref, inputs: repeated(got, inputs),
)
edit(
    "seed-fixed",
    "Either seeds the random numbers in each call, or draws nothing at random.",
    hint="Every call gives the same mini-batch. Set no seed in the function: anyone who wants one passes a generator.",
    of=with_a_loader,
    replace=("generator=generator", "generator=torch.Generator().manual_seed(0)"),
    when=lambda got, ref, inputs: same(got, "first", "second"),
)
edit(
    "generator-ignored",
    "Ignores the generator.",
    hint="The same seed gave two mini-batches. Pass the generator on to what draws.",
    of=with_a_loader,
    replace=(", generator=generator", ""),
    when=lambda got, ref, inputs: not same(got, "seeded", "seeded again") and len(got["of 29"][0]) == 29,
)
edit(
    "size-ignored",
    "Always loads sixteen.",
    hint="The number of samples is an argument. You always load sixteen.",
    of=with_a_loader,
    replace=("batch_size=size", "batch_size=16"),
    when=lambda got, ref, inputs: len(got["of 29"][0]) == 16,
)
edit(
    "shuffled-apart",
    "Shuffles pictures and labels separately.",
    hint="A picture and its label belong together. Shuffle the pairs, not the two tensors.",
    of=with_a_loader,
    replace=("/ 255, labels", "/ 255, labels[torch.randperm(size, generator=generator)]"),
    when=lambda got, ref, inputs: not torch.equal(inputs["labels"][places(got, inputs, "all")], got["all"][1]),
)


@mistake(
    "neighbours",
    "Takes samples that stand next to each other, from a place at random.",
    hint="Each sample must be drawn by itself: `torch.randperm`, or a loader with `shuffle=True`.",
    when=lambda got, ref, inputs: (
        all(len(((where[1:] - where[:-1]) % COUNT).unique()) == 1 for where in drawn(got, inputs))
        and not same(got, "first", "second")
    ),
)
def neighbours(dataset, size=16, generator=None):
    start = int(torch.randint(0, len(dataset) - size + 1, (1,), generator=generator))
    pairs = [dataset[start + i] for i in range(size)]
    return torch.stack([one for one, _ in pairs]).float() / 255, torch.tensor([label for _, label in pairs])
