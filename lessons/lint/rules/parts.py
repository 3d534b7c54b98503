"""What `exercise.yaml` says of each part: the keys of its kind, its hints, its options."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.lint.rules.problem import Problem, problem
from lessons.loading.source import KeyPath, Source
from lessons.schema import RUN_KINDS, Exercise, Part

WRITTEN = frozenset({"code", "derivation", "kernel"})
"""Kinds whose wrong answers are wrong code: they need hints, mistakes and alternatives."""
NEEDS_TEXT = frozenset({"numeric", "formula", "choice", "multi", "explain"})
ONLY_FOR: dict[str, frozenset[str]] = {
    "entry": RUN_KINDS,
    "outputs": RUN_KINDS,
    "forbid": RUN_KINDS,
    "predict": RUN_KINDS,
    "options": frozenset({"choice", "multi", "explain"}),
    "question": frozenset({"numeric"}),
    "letters": frozenset({"formula"}),
    "formula": frozenset({"formula"}),
    "slips": frozenset({"formula"}),
    "rubric": frozenset({"explain"}),
    "model_answer": frozenset({"explain"}),
}


def fields(exercise: Exercise, source: Source) -> Iterator[Problem]:
    """A part has the keys that its kind needs, and none that its kind does not read."""
    for at, part in _parts(exercise):
        for name, kinds in ONLY_FOR.items():
            if getattr(part, name) and part.kind not in kinds:
                message = f"a part of kind {part.kind} has no use for `{name}`"
                yield problem("fields", source, (*at, name), message, key=True)
        missing = [
            *(["entry"] if part.kind in RUN_KINDS and not part.entry else []),
            *(["text"] if part.kind in NEEDS_TEXT and not part.text else []),
            *(name for name in ("letters", "formula", "slips") if part.kind == "formula" and not getattr(part, name)),
            *(["rubric", "model_answer"] if part.kind == "explain" and not (part.rubric and part.model_answer) else []),
        ]
        for name in missing:
            yield problem("fields", source, at, f"a part of kind {part.kind} needs `{name}`")


def hints(exercise: Exercise, source: Source) -> Iterator[Problem]:
    """Code has three hints and a solution; a solution is the last hint."""
    for at, part in _parts(exercise):
        if part.kind in WRITTEN:
            if len(part.hints) < 3:
                said = f"it has {len(part.hints)} of the three hints that are needed"
                yield problem("hints", source, (*at, "hints"), said)
            elif not part.hints[-1].solution:
                message = "the last hint is not the solution"
                yield problem("hints", source, (*at, "hints", len(part.hints) - 1), message)
        for number, hint in enumerate(part.hints[:-1]):
            if hint.solution:
                message = "a solution stands before the last hint"
                yield problem("hints", source, (*at, "hints", number), message)


def options(exercise: Exercise, source: Source) -> Iterator[Problem]:
    """A choice, an essay's too, has one right option, a multi one or more; each wrong one says why."""
    for at, part in _parts(exercise):
        if part.kind not in ONLY_FOR["options"] or (part.kind == "explain" and not part.options):
            continue
        right = sum(option.right for option in part.options)
        here: KeyPath = (*at, "options")
        if len(part.options) < 2:
            yield problem("options", source, here, "there is nothing to choose between")
        elif part.kind != "multi" and right != 1:
            yield problem("options", source, here, f"{right} options are right, and a choice has just one")
        elif not right:
            yield problem("options", source, here, "no option is right")
        for number, option in enumerate(part.options):
            if not option.right and not option.why:
                message = f"`{option.id}` is wrong and does not say why"
                yield problem("options", source, (*here, number), message)


def prompt(exercise: Exercise) -> Iterator[Problem]:
    """The prompt is there and says something."""
    path = exercise.folder / "prompt.md"
    if not path.is_file():
        yield Problem(path, 1, 1, "prompt", "the prompt is missing")
    elif not path.read_text(encoding="utf-8").strip():
        yield Problem(path, 1, 1, "prompt", "the prompt is empty")


def _parts(exercise: Exercise) -> Iterator[tuple[KeyPath, Part]]:
    for number, part in enumerate(exercise.parts):
        yield ("parts", number), part
