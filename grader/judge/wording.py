"""What a small change of a reference is called by whoever made it: a sentence without a subject, as mistakes are."""

from __future__ import annotations

import ast

OPERATORS: dict[tuple[type, type], str] = {
    (ast.Add, ast.Sub): "Subtracts somewhere where it should add.",
    (ast.Sub, ast.Add): "Adds somewhere where it should subtract.",
    (ast.Mult, ast.Div): "Divides somewhere where it should multiply.",
    (ast.Div, ast.Mult): "Multiplies somewhere where it should divide.",
    (ast.Pow, ast.Mult): "Multiplies somewhere where a power belongs.",
    (ast.BitAnd, ast.BitOr): "Is content with one of two conditions where both must hold.",
    (ast.BitOr, ast.BitAnd): "Wants two conditions where one is enough.",
    (ast.And, ast.Or): "Is content with one of two conditions where both must hold.",
    (ast.Or, ast.And): "Wants two conditions where one is enough.",
    (ast.LtE, ast.Lt): "Leaves out equality in a comparison.",
    (ast.GtE, ast.Gt): "Leaves out equality in a comparison.",
    (ast.Lt, ast.GtE): "Has a comparison the wrong way round.",
    (ast.Gt, ast.LtE): "Has a comparison the wrong way round.",
}
SIDES: dict[type, str] = {
    ast.Sub: "Has the two sides of a subtraction the wrong way round.",
    ast.Div: "Has a quotient upside down.",
    ast.Pow: "Has base and exponent the wrong way round.",
    ast.MatMult: "Has the two factors of a matrix product the wrong way round.",
}
OPERANDS: dict[type, tuple[str, str]] = {
    ast.Add: ("Leaves out a summand.", "Leaves out a summand."),
    ast.Sub: ("Leaves out what is to be subtracted.", "Leaves out what is to be subtracted from."),
    ast.Mult: ("Leaves out a factor.", "Leaves out a factor."),
    ast.Div: ("Does not divide where it should.", "Leaves out what is to be divided."),
    ast.Pow: ("Leaves out a power.", "Leaves out the base of a power."),
    ast.MatMult: ("Leaves out a matrix product.", "Leaves out a matrix product."),
}
"""What is said where the right operand, and where the left one, is missing."""
KNOWN = frozenset({"T", "mT", "real"})
DIMENSIONS = frozenset({"dim", "axis", "dims", "start_dim", "end_dim"})


def sentence(old: ast.AST, new: ast.AST, parent: ast.AST) -> str | None:
    """What is said of `new` in the place of `old`; None for what nobody would call a mistake of their own."""
    if (said := OPERATORS.get((type(old), type(new)))) is not None:
        return said
    match old, new:
        case ast.BinOp(left=left, op=op, right=right), _ if new is left or new is right:
            return OPERANDS[type(op)][new is right] if type(op) in OPERANDS else None
        case ast.BinOp(op=op), ast.BinOp():
            return SIDES.get(type(op))
        case ast.UnaryOp(op=ast.USub()), _ if new is old.operand:
            return "Leaves out a minus sign."
        case ast.Constant(), ast.Constant():
            return _constant(old.value, new.value, parent)
        case ast.Name(id=name), ast.BinOp(op=ast.Pow()):
            return f"Squares `{name}`."
        case ast.Name(id=name), ast.Name(id=other):
            return f"Uses `{other}` where `{name}` belongs."
        case ast.Call(func=ast.Name(id="range")), ast.Call(func=ast.Name(id="range")):
            return "Leaves out one turn of a loop, the first or the last."
        case ast.Call(), _:
            return _call(old, new)
        case ast.Attribute(attr=name), ast.Attribute(attr=other) if name != other:
            return f"Uses `{other}` where `{name}` belongs."
        case ast.Attribute(attr=name), _ if name in KNOWN and new is old.value:
            return "Leaves out a transpose." if name != "real" else None
        case ast.Slice(), ast.Slice():
            return _slice(old, new)
        case ast.Tuple(), ast.Tuple():
            return "Has two values in the wrong order."
        case ast.stmt(), _:
            return _statement(old, new)
    return None


def _constant(old: object, new: object, parent: ast.AST) -> str | None:
    if isinstance(old, bool) or not isinstance(old, int | float) or not isinstance(new, int | float):
        return None
    if isinstance(parent, ast.keyword) and parent.arg in DIMENSIONS:
        return "Works along another dimension."
    if abs(new - old) == 1 and isinstance(old, int):
        return f"Has a number that is one too {'large' if new > old else 'small'}."
    if not old:
        return None
    times = {2: "twice", 0.5: "half", 10: "ten times", 0.1: "a tenth of"}.get(round(new / old, 6))
    return f"Has a number that is {times} what it should be." if times else "Has another number somewhere."


def _call(old: ast.Call, new: ast.AST) -> str | None:
    name = old.func.attr if isinstance(old.func, ast.Attribute) else getattr(old.func, "id", "")
    if not isinstance(new, ast.Call) or (new is not old and new.func is not old.func):
        return f"Leaves out `{name}`."
    if len(new.keywords) < len(old.keywords):
        missing = next(one.arg for one in old.keywords if one not in new.keywords)
        return f"Leaves out `{missing}=` in a call of `{name}`." if missing else None
    return f"Hands `{name}` its first two arguments in the wrong order."


def _slice(old: ast.Slice, new: ast.Slice) -> str | None:
    if old.lower is not None and new.lower is None:
        return "Begins a slice at the first entry where it should begin later."
    if old.upper is not None and new.upper is None:
        return "Lets a slice go on to the end where it should stop earlier."
    return "Takes every entry of a slice where some are to be left out."


def _statement(old: ast.stmt, new: ast.AST) -> str | None:
    match old, new:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))), ast.Pass():
            return f"Leaves out `{name}()`."
        case ast.AugAssign(), ast.Pass():
            return "Leaves out an update of a variable."
        case ast.Assign(), ast.Pass():
            return "Leaves out an assignment."
        case ast.For(), ast.For():
            return "Stops a loop after its first turn."
        case ast.If(), ast.If(body=body) if body is old.body:
            return "Does always what it should do on a condition only."
        case ast.If(), _:
            return "Never does what it should do on a condition."
    return None
