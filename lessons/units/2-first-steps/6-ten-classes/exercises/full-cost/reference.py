"""Pixels from 0 to 1, and the mean of minus the logarithms of the probabilities of the true classes."""

import math

import numpy as np
import torch

from grader.spec import Rng, alternative, cases, edit, fixture, mistake, script


def pixels(image):
    return torch.from_numpy(np.array(image)).unsqueeze(0).float().div(255)


def full_cost(z, images, labels):
    with torch.no_grad():
        return torch.nn.functional.cross_entropy(z(images.flatten(1)), labels).item()


@cases("pixels")
def pictures(rng: Rng):
    s = script("three pictures")
    for number in range(3):
        values = rng.integers(0, 256, 28, 28).to(torch.uint8)
        values[0, :3] = torch.tensor([0, 128, 255])
        if number == 2:
            values[values > 100] = 0  # a picture that does not use all its greys
        image = s.spy(fixture("picture"), values)
        s.call("pixels", image, label=f"picture {number + 1}")
    yield s


@cases("cost")
def sets(rng: Rng):
    for n in (7, 129, 1003):
        s = script(f"{n} pictures", canonical=as_float, rtol=1e-5, atol=1e-5)
        layer = s.spy(fixture("layer"), rng.normal(10, 784) / 20, rng.normal(10))
        s.call("full_cost", layer, rng.uniform(n, 1, 28, 28), rng.integers(0, 10, n), label="cost")
        yield s
    s = script("five pictures, one of them surely wrong", canonical=as_float, rtol=1e-5, atol=1e-5)
    layer = s.spy(fixture("layer"), rng.normal(10, 784), 40 * torch.eye(10)[0])
    s.call("full_cost", layer, rng.uniform(5, 1, 28, 28), torch.tensor([0, 3, 0, 0, 7]), label="cost")
    yield s


def as_float(value):
    """The cost as a float also where a tensor without dimensions was returned."""
    if isinstance(value, torch.Tensor) and value.dim() == 0:
        return float(value)
    return value


# --- pixels -------------------------------------------------------------------------------------------------------


@alternative(part="pixels")
def from_lists(image):
    rows = [[image.getpixel((column, row)) / 255 for column in range(28)] for row in range(28)]
    return torch.tensor([rows])


@alternative(part="pixels")
def from_bytes(image):
    values = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8)
    return values.reshape(1, image.height, image.width) / 255


@alternative(part="pixels")
def through_numpy(image):
    return torch.tensor(np.asarray(image, dtype=np.float32)[None] / 255)


@alternative(part="pixels")
def with_the_dtype_named(image):
    values = torch.as_tensor(np.array(image))
    return (values.to(torch.float32) / torch.iinfo(values.dtype).max).reshape(1, 28, 28)


@alternative(part="pixels")
def in_float64_first(image):
    return torch.tensor(np.array(image)[np.newaxis] / 255.0, dtype=torch.float32)


edit(
    "bytes",
    "Leaves the pixels as bytes.",
    hint="A layer cannot multiply bytes by floats: RuntimeError. Convert to float32 while loading.",
    part="pixels",
    replace=(".float().div(255)", ""),
)
edit(
    "not-divided",
    "Converts to float32 and leaves the numbers from 0 to 255.",
    hint="Inputs up to 255 make the cost infinite. ConvertImageDtype also rescales to [0, 1]; .float() does not.",
    part="pixels",
    replace=(".div(255)", ""),
)


@mistake(
    "divided-by-the-largest",
    "Divides by the largest number of the picture.",
    hint="All pictures are divided by the same number, the largest that a byte can be: 255.",
    part="pixels",
)
def divided_by_the_largest(image):
    values = torch.from_numpy(np.array(image)).unsqueeze(0).float()
    return values / values.max()


edit(
    "divided-by-256",
    "Divides by 256.",
    hint="A byte is 255 at most, and that must become 1.",
    part="pixels",
    replace=("div(255)", "div(256)"),
)
edit(
    "integer-division",
    "Divides as whole numbers.",
    hint="Nearly all pixels are 0: divide floats, not bytes.",
    part="pixels",
    replace=(".float().div(255)", '.div(255, rounding_mode="floor").float()'),
)
edit(
    "dimension-missing",
    "Gives a matrix.",
    hint="Pictures have a dimension of colours in front, of size 1 for grey: (1, 28, 28).",
    part="pixels",
    replace=(".unsqueeze(0)", ""),
)


@mistake(
    "inverted",
    "Swaps black and white.",
    hint="0 must stay 0: no ink. Yours gives 1 there.",
    part="pixels",
)
def inverted(image):
    return 1 - pixels(image)


# --- the cost -----------------------------------------------------------------------------------------------------


@alternative(part="cost")
def with_one_hot(z, images, labels):
    log_Y = torch.log_softmax(z(images.flatten(start_dim=1)), dim=1)
    Yt = torch.nn.functional.one_hot(labels, num_classes=10)
    return -(Yt * log_Y).sum(dim=1).mean().item()


@alternative(part="cost")
def by_index(z, images, labels):
    sums = z(images.reshape(len(images), -1))
    chosen = sums[torch.arange(len(labels)), labels]
    return (torch.logsumexp(sums, 1) - chosen).mean().item()


@alternative(part="cost")
def in_mini_batches(z, images, labels):
    total = 0.0
    for start in range(0, len(images), 64):
        X, k = images[start : start + 64].flatten(1), labels[start : start + 64]
        total += torch.nn.functional.cross_entropy(z(X), k, reduction="sum").item()
    return total / len(images)


@alternative(part="cost")
def one_by_one(z, images, labels):
    costs = []
    for image, label in zip(images, labels, strict=True):
        Y = torch.nn.functional.log_softmax(z(image.flatten()), dim=0)
        costs.append(-Y[label].item())
    return sum(costs) / len(costs)


@alternative(part="cost")
def as_a_tensor(z, images, labels):
    return torch.nn.NLLLoss()(torch.nn.LogSoftmax(dim=1)(z(torch.nn.Flatten()(images))), labels)


@alternative(part="cost")
def in_double(z, images, labels):
    Y = torch.softmax(z(images.squeeze(1).flatten(1)).double(), dim=1)
    return float(-torch.log(Y.gather(1, labels.unsqueeze(1))).mean())


def logs(z, images):
    return torch.log_softmax(z(images.flatten(1)), 1)


def chosen(log_Y, labels):
    return log_Y[torch.arange(len(labels)), labels]


edit(
    "all-flattened",
    "Flattens the whole set into one vector.",
    hint="That is one vector of all pixels of all pictures. Keep the dimension of the pictures: flatten(start_dim=1).",
    part="cost",
    replace=("flatten(1)", "flatten()"),
)
edit(
    "not-flattened",
    "Passes pictures to a layer that wants vectors.",
    hint="The layer wants the 784 numbers of a picture in a row. Flatten each picture, not the whole set.",
    part="cost",
    replace=("images.flatten(1)", "images"),
)


@mistake(
    "over-the-pictures",
    "Lets the softmax add up over the pictures.",
    hint="About the logarithm of the number of pictures. The ten numbers of a row must add up to 1: dim=1.",
    part="cost",
)
def over_the_pictures(z, images, labels):
    return -chosen(torch.log_softmax(z(images.flatten(1)), 0), labels).mean().item()


edit(
    "summed",
    "Adds up all pictures.",
    hint="Your number grows with the number of pictures. The cost is the mean of their contributions.",
    part="cost",
    replace=("labels).item()", 'labels, reduction="sum").item()'),
)


@mistake(
    "mean-over-classes",
    "Takes the mean over pictures and classes.",
    hint="Ten times too small: the cost of a picture is a sum over the classes. The mean is over the pictures.",
    part="cost",
)
def mean_over_classes(z, images, labels):
    return full_cost(z, images, labels) / 10


@mistake(
    "base-ten",
    "Takes logarithms to base 10.",
    hint="torch.log10 is a different logarithm. Ours is the natural one, torch.log.",
    part="cost",
)
def base_ten(z, images, labels):
    return full_cost(z, images, labels) / math.log(10)


@mistake(
    "base-two",
    "Takes logarithms to base 2.",
    hint="torch.log2 is a different logarithm. Ours is the natural one, torch.log.",
    part="cost",
)
def base_two(z, images, labels):
    return full_cost(z, images, labels) / math.log(2)


@mistake(
    "mean-of-means",
    "Averages the means of mini-batches of unequal size.",
    hint="The last mini-batch is smaller and counts as much as the others. Weight means by the batch size.",
    part="cost",
)
def mean_of_means(z, images, labels):
    means = []
    for start in range(0, len(images), 64):
        means.append(full_cost(z, images[start : start + 64], labels[start : start + 64]))
    return sum(means) / len(means)


@mistake(
    "first-mini-batch",
    "Looks at the first 64 pictures only.",
    hint="All pictures must count. How many are in yours?",
    part="cost",
)
def first_mini_batch(z, images, labels):
    return full_cost(z, images[:64], labels[:64])


edit(
    "sign",
    "Has the opposite sign.",
    hint="Logarithms of probabilities are negative. The cost is minus their mean.",
    part="cost",
    replace=("return torch", "return -torch"),
)


@mistake(
    "probability",
    "Leaves out the logarithm.",
    hint="That is the mean probability of the true class, or minus it. Where is the logarithm?",
    part="cost",
)
def probability(z, images, labels):
    return -chosen(logs(z, images).exp(), labels).mean().item()


@mistake(
    "logarithm-of-the-mean",
    "Takes the logarithm of the mean probability.",
    hint="First the logarithm for each picture, then the mean. The other way round gives a different number.",
    part="cost",
)
def logarithm_of_the_mean(z, images, labels):
    return -chosen(logs(z, images).exp(), labels).mean().log().item()


@mistake(
    "softmax-twice",
    "Applies the softmax before a function that applies it itself.",
    hint="cross_entropy takes the sums and applies the softmax itself. Give it z(X).",
    part="cost",
)
def softmax_twice(z, images, labels):
    return torch.nn.functional.cross_entropy(logs(z, images).exp(), labels).item()


@mistake(
    "sums-for-probabilities",
    "Takes logarithms of the sums.",
    hint="Sums may be negative, and have no logarithm. The softmax comes first.",
    part="cost",
)
def sums_for_probabilities(z, images, labels):
    return -chosen(torch.log(z(images.flatten(1))), labels).mean().item()


@mistake(
    "last-mini-batch-dropped",
    "Leaves out the last, smaller mini-batch.",
    hint="The number of pictures need not be a multiple of the size of your mini-batches. Count the last ones too.",
    part="cost",
    when=lambda got, ref, inputs: got["cost"] == 0,
)
def last_mini_batch_dropped(z, images, labels):
    n = len(images) - len(images) % 32
    return full_cost(z, images[:n], labels[:n]) if n else 0.0
