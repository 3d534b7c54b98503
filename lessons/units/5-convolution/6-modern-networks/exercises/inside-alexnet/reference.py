"""The shapes of what goes through a network, layer by layer."""

import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


def layer_shapes(model, x):
    shapes = []
    for part in (model.features, [torch.nn.Flatten()], model.classifier):
        for layer in part:
            x = layer(x)
            shapes.append(tuple(x.shape))
    return shapes


@cases("shapes")
def networks(rng: Rng):
    for kind, size in (("small", (2, 1, 13, 14)), ("nested", (3, 2, 7, 5)), ("tiny", (1, 3, 7, 5)), ("alexnet", (1, 3, 224, 224)), ("alexnet", (5, 3, 224, 224))):
        s = script(f"{kind}, {' x '.join(str(one) for one in size)}", canonical=plain)
        model = s.spy(fixture("network"), kind)
        x = s.spy(fixture("pictures"), kind, *size)
        if rng.uniform() < 0.5:
            s.eval(model)
        s.call("layer_shapes", model, x, label="shapes")
        s.call(fixture("modes"), model, label="modes")
        yield s


def plain(result):
    """Shapes as tuples; anything else as it is."""
    return [tuple(one) if isinstance(one, torch.Size) else one for one in result] if isinstance(result, list) else result


@check("tuples in a list", part="shapes")
def tuples(got, ref, inputs):
    if isinstance(got["shapes"], list) and all(isinstance(one, tuple) for one in got["shapes"]):
        return None
    return Finding("A list of tuples is expected.", name="not-tuples")


@alternative
def two_loops(model, x):
    shapes = []
    for layer in model.features.children():
        x = layer(x)
        shapes.append(tuple(x.shape))
    x = x.flatten(start_dim=1)
    shapes.append(tuple(x.shape))
    for layer in model.classifier.children():
        x = layer(x)
        shapes.append(tuple(x.shape))
    return shapes


@alternative
def children_of_children(model, x):
    result = []
    for part in model.children():
        if x.dim() == 4 and result:
            x = torch.flatten(x, 1)
            result.append(tuple(x.size()))
        for layer in part.children():
            x = layer(x)
            result.append(tuple(x.size()))
    return result


@alternative
def with_hooks(model, x):
    noted = []
    layers = [*model.features, *model.classifier]
    handles = [layer.register_forward_hook(lambda layer, given, output: noted.append(tuple(output.shape))) for layer in layers]
    model(x)
    for handle in handles:
        handle.remove()
    place = len(model.features)
    n, *rest = noted[place - 1]
    return noted[:place] + [(n, torch.Size(rest).numel())] + noted[place:]


@alternative
def accumulated(model, x):
    from itertools import accumulate

    layers = [*model.features, lambda maps: maps.reshape(len(maps), -1), *model.classifier]
    return [tuple(one.shape) for one in list(accumulate(layers, lambda data, layer: layer(data), initial=x))[1:]]


edit_alternative("without-graph", replace=("            x = layer(x)", "            with torch.no_grad():\n                x = layer(x)"))

edit(
    "no-flatten",
    "Leaves out the flattening.",
    hint="Between the two parts the maps are flattened: that stands in `forward`, and is no module. And `modules()` gives the containers too; `children()` of each part gives its layers.",
    replace=("(model.features, [torch.nn.Flatten()], model.classifier)", "(model.features, model.classifier)"),
)


@mistake(
    "flattening-not-noted",
    "Flattens, and does not note the shape.",
    hint="The shape after flattening belongs into the list.",
)
def flattening_not_noted(model, x):
    shapes = []
    for layer in model.features:
        x = layer(x)
        shapes.append(tuple(x.shape))
    x = x.flatten(1)
    for layer in model.classifier:
        x = layer(x)
        shapes.append(tuple(x.shape))
    return shapes


@mistake(
    "before-each-layer",
    "Notes the shape in front of each layer.",
    hint="The shape *behind* each layer: first apply it, then note.",
)
def before_each_layer(model, x):
    shapes = []
    for layer in [*model.features, torch.nn.Flatten(), *model.classifier]:
        shapes.append(tuple(x.shape))
        x = layer(x)
    return shapes


@mistake(
    "parts-only",
    "Gives the shapes behind the two parts.",
    hint="`children()` of the model gives its two parts. Go through the children of each.",
)
def parts_only(model, x):
    maps = model.features(x)
    flat = maps.flatten(1)
    return [tuple(maps.shape), tuple(flat.shape), tuple(model.classifier(flat).shape)]


@mistake(
    "without-the-batch",
    "Leaves out the batch dimension.",
    hint="The shapes are those of the tensors, with the batch dimension in front.",
)
def without_the_batch(model, x):
    return [one[1:] for one in layer_shapes(model, x)]


@mistake(
    "mode-changed",
    "Leaves the model in another mode.",
    hint="The shapes are the same in both modes. If you call `eval()`, put back what was there.",
)
def mode_changed(model, x):
    model.train(not model.training)
    return layer_shapes(model, x)
