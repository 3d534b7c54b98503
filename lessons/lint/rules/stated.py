"""Numbers that an answer is judged by stand in what the learner is told.

A bound in a check, or in a function of the reference that a check calls, is looked for in the prompt: as a number, in
percent, in words ("twenty times"), or as a share ("nine of ten"). A bound that the name of a check tells stands in its
code: the two must not contradict each other.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lessons.lint.rules.code import parsed, run_parts
from lessons.lint.rules.problem import Problem
from lessons.schema import Exercise

SMALL = 1e-3
"""What is not larger allows for rounding, and is nobody's bound."""
NEAR = 0.01
"""How far, relatively, a bound may be from the number that is told: it leaves room for the last digit."""
STRUCTURE = frozenset({"len", "dim", "numel", "size", "sum", "unique", "count", "ndim", "int"})
"""Calls that count: what they are compared with is the form of a value."""
BOUNDS = {"falls": ("to",), "reaches": ("most", "least"), "overfits": ("below",), "beats_majority": ("by",)}
"""Ready-made checks, and the words that bound them."""
WORDS: dict[str, float] = {
    **{word: i for i, word in enumerate(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 2)},
    **{"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"hundred": 100, "thousand": 1000, "twice": 2, "double": 2},
    **{"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10},
}
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:(?:[ ,]|\{,\})\d{3})*(?:\.\d+)?(?![\w.]*\w)")
_SHARE = re.compile(r"(\w+) (?:of|out of|in) (?:the )?(\w+)")
_BOUND = re.compile(
    r"(?P<percent>-?[\d.,]+) ?(?:%|percent)"
    r"|\b(?:more|less|fewer|larger|smaller|greater|longer) than (?P<than>-?[\w.,]+)"
    r"|\bat (?:least|most) (?P<at>-?[\w.,]+)|\b(?:below|above|under|over|within) (?P<beside>-?\d[\d.,]*)"
)
"""A bound in the name of a check: "97 %", "more than twenty", "below 0.6"; a share, "nine in ten", is one too."""


def stated(exercise: Exercise) -> Iterator[Problem]:
    """Every bound that a check compares with is told to the learner, or waived with a reason."""
    tree = parsed(exercise.reference)
    if tree is None:
        return
    run = run_parts(exercise)
    defined = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for part in run:
        told = allowed("\n".join([exercise.prompt, part.title or "", part.text or ""]))
        seen: set[float] = set()
        for name, function in defined.items():
            if _check_of(function) != part.id and not (_check_of(function) is None and len(run) == 1):
                continue
            for node, value in _bounds(function, defined, _constants(tree)):
                if value not in seen and not any(abs(value - one) <= NEAR * abs(one) for one in told):
                    seen.add(value)
                    message = f"`{name}` compares with {value:g}, and nothing that the learner is told has this number"
                    yield Problem(exercise.reference, node.lineno, node.col_offset + 1, "stated", message, part.id)
            yield from _contradicted(exercise, part.id, function, defined, _constants(tree))


def _contradicted(
    exercise: Exercise,
    part: str,
    function: ast.FunctionDef,
    defined: dict[str, ast.FunctionDef],
    constants: dict[str, float],
) -> Iterator[Problem]:
    """Bounds in the name of a check that its code does not have."""
    label = next((text for text in map(_label, function.decorator_list) if text), "")
    texts = [bound[0] if bound["percent"] else bound[bound.lastgroup or 0] for bound in _BOUND.finditer(label)]
    texts += [share[0] for share in _SHARE.finditer(label.lower()) if all(map(_number, share.groups()))]
    if not texts:
        return
    known = {value for node in _reached(function, defined) if (value := _value(node, constants)) is not None}
    for text in texts:
        told = allowed(text.rstrip(".,"))
        if told and not any(abs(one - value) <= NEAR * abs(one) for one in told for value in known):
            message = f"the check is called `{label}`, and `{function.name}` does not compare with {text}"
            yield Problem(exercise.reference, function.lineno, function.col_offset + 1, "stated", message, part)


def allowed(text: str) -> set[float]:
    """The numbers that a text tells: as they stand, in percent, in words, and as shares."""
    found = set(numbers(text))
    found |= {one / 100 for one in found}
    words = re.findall(r"[a-z]+", text.lower())
    found |= {float(WORDS[word]) for word in words if word in WORDS}
    for few, many in _SHARE.findall(text.lower()):
        part, whole = _number(few), _number(many)
        if part and whole:
            found.add(part / whole)
    return found


def _number(word: str) -> float | None:
    """The number that a word is."""
    return WORDS.get(word) or (float(word) if word.isdigit() else None)


def numbers(text: str) -> list[float]:
    """The numbers that stand in a text, each once."""
    found = (float(re.sub(r"[ ,{}]", "", one)) for one in _NUMBER.findall(text.replace("\N{MINUS SIGN}", "-")))
    return sorted(dict.fromkeys(found))


def _check_of(function: ast.FunctionDef) -> str | None:
    """The part that a function marked as a check is for, None where it says none, and "" for no check."""
    for decorator in function.decorator_list:
        match decorator:
            case ast.Call(func=ast.Name(id="check"), keywords=words):
                named = (one.value.value for one in words if one.arg == "part" and isinstance(one.value, ast.Constant))
                part = next(named, None)
                return part if isinstance(part, str) else None
    return ""


def _label(decorator: ast.expr) -> str | None:
    """What a check is called."""
    match decorator:
        case ast.Call(func=ast.Name(id="check"), args=[ast.Constant(value=str(text)), *_]):
            return text
    return None


def _constants(tree: ast.Module) -> dict[str, float]:
    """Names of the file that are bound to a number."""
    found = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if (number := _value(value, {})) is not None:
                found[name] = number
    return found


def _bounds(
    function: ast.FunctionDef, defined: dict[str, ast.FunctionDef], constants: dict[str, float]
) -> Iterator[tuple[ast.expr, float]]:
    """The numbers that a check, and the file's own functions that it calls, compare with."""
    for node in _reached(function, defined):
        match node:
            case ast.Call(func=ast.Name(id=name), keywords=words) if name in BOUNDS:
                yield from _numbers((one.value for one in words if one.arg in BOUNDS[name]), constants)
            case ast.Compare(left=first, ops=ops, comparators=others):
                sides = [first, *others]
                if all(isinstance(op, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for op in ops) and not any(
                    map(_counts, sides)
                ):
                    yield from _numbers(iter(sides), constants)


def _reached(function: ast.FunctionDef, defined: dict[str, ast.FunctionDef]) -> Iterator[ast.AST]:
    """Everything in a check, and in the file's own functions that it calls."""
    left, done = [function], {function.name}
    while left:
        for node in ast.walk(left.pop()):
            other = defined.get(node.id) if isinstance(node, ast.Name) else None
            if other is not None and other.name not in done and not other.decorator_list:
                done.add(other.name)
                left.append(other)
            yield node


def _numbers(nodes: Iterator[ast.expr], constants: dict[str, float]) -> Iterator[tuple[ast.expr, float]]:
    for node in nodes:
        value = _value(node, constants)
        if value is not None and abs(value) > SMALL and value not in (1, -1, 2) and abs(value - 1) > SMALL:
            yield node, value


def _value(node: ast.AST, constants: dict[str, float]) -> float | None:
    match node:
        case ast.Constant(value=int(value) | float(value)) if not isinstance(value, bool):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(value) | float(value))):
            return -float(value)
        case ast.Name(id=name):
            return constants.get(name)
    return None


def _counts(node: ast.expr) -> bool:
    """Whether a side of a comparison is a number of things."""
    if isinstance(node, ast.Attribute):
        return node.attr in ("ndim", "shape")
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in STRUCTURE
