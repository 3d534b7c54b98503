"""Who covers what: `coverage.yaml`, `numbers.yaml` and the `covers` of parts, demos and facts must agree."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.lint.rules.problem import Problem, problem
from lessons.loading.source import KeyPath, Source, read
from lessons.schema import Course


def coverage(course: Course) -> Iterator[Problem]:
    """Every identifier is covered or waived; each side says of the other what the other says."""
    source = read(course.path / "coverage.yaml")
    claims, places = _claims(course)
    for id, covered in course.coverage.items():
        at: KeyPath = ("covered", id)
        if covered.waived is None and not covered.by:
            yield problem("coverage", source, at, f"nobody covers {id}, and it is not waived", key=True)
        if covered.waived is not None and covered.by:
            yield problem("coverage", source, at, f"{id} is both covered and waived", key=True)
        for number, name in enumerate(covered.by):
            here = (*at, "by", number)
            if name not in places:
                yield problem("coverage", source, here, f"there is no {_kind(name)} `{name}`")
            elif name not in claims.get(id, set()):
                yield problem("coverage", source, here, f"`{name}` does not say that it covers {id}")
    for id, names in claims.items():
        for name in sorted(names - set(course.coverage[id].by if id in course.coverage else ())):
            where, at = places[name]
            yield problem("coverage", where, at, f"`{name}` covers {id}, and coverage.yaml does not say so")


def numbers(course: Course) -> Iterator[Problem]:
    """The rows of the numbers.yaml files are the N identifiers of coverage.yaml, with the same names."""
    listed: set[str] = set()
    for unit in course.units:
        source = read(unit.path / "numbers.yaml")
        for row, number in enumerate(unit.numbers):
            at: KeyPath = ("numbers", row)
            if number.id in listed:
                yield problem("numbers", source, at, f"{number.id} stands here for the second time")
            listed.add(number.id)
            covered = course.coverage.get(number.id)
            if covered is None:
                yield problem("numbers", source, at, f"coverage.yaml does not know {number.id}")
            elif covered.waived is None and sorted(covered.by) != sorted(number.demos + number.parts):
                message = f"the demos and parts of {number.id} are not those of coverage.yaml"
                yield problem("numbers", source, at, message)
    source = read(course.path / "coverage.yaml")
    for id in course.coverage:
        if id.startswith("N") and id not in listed:
            yield problem("numbers", source, ("covered", id), f"no numbers.yaml has {id}", key=True)


def _kind(name: str) -> str:
    return "demo" if "/" in name else "part"


def _claims(course: Course) -> tuple[dict[str, set[str]], dict[str, tuple[Source, KeyPath]]]:
    """Identifier -> who says to cover it, and where each part and demo says so."""
    claims: dict[str, set[str]] = {}
    places: dict[str, tuple[Source, KeyPath]] = {}
    for lesson in course.lessons:
        for demo in lesson.demos:
            name = f"{lesson.id}/{demo.id}"
            places[name] = (read(demo.path.with_suffix(".yaml")), ("covers",))
            for id in [*demo.covers, *(fact.id for fact in demo.facts)]:
                claims.setdefault(id, set()).add(name)
    for exercise in course.exercises:
        source = read(exercise.folder / "exercise.yaml")
        for number, part in enumerate(exercise.parts):
            name = f"{exercise.id}.{part.id}"
            places[name] = (source, ("parts", number, "covers"))
            for id in part.covers:
                claims.setdefault(id, set()).add(name)
    return claims, places
