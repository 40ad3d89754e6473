"""Small wrong changes of a module, one at a time: what its tests must notice.

Left alone: docstrings, annotations, imports, `strict=` of zip, classes' fields, and texts for
people (a literal of several words, and every text in a `raise`, `refute`, `refuse` or `wrong`).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_PEOPLE = re.compile(r"[A-Za-z]{2,}[,:;.]? [A-Za-z]")
_TELLING = frozenset({"refute", "refuse", "wrong", "CatalogError", "MedlocError"})
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "startswith": "endswith",
    "endswith": "startswith",
    "removeprefix": "removesuffix",
    "removesuffix": "removeprefix",
}
_UNWRAPPED = frozenset({"sorted", "reversed"})
_ENUMS = {
    "Standing": ("APPROVED", "WAITING", "STALE"),
    "Kind": ("APPROVE", "PROPOSE", "WITHDRAW"),
    "Shown": ("NOTHING", "LAST_GOOD", "CORRECTING"),
    "Level": ("CHAIN", "FOLDER", "TEXT"),
}


@dataclass(slots=True)
class Mutant:
    """One change: `lines` are those of its statement, `scope` the qualified name of the outermost
    function it is in (empty outside of all), `what` the change; `apply` makes it in the tree."""

    lines: range
    scope: str
    what: str
    apply: Callable[[], None]


def mutants(tree: ast.Module) -> Iterator[Mutant]:
    """Every mutant of a module; `apply` changes `tree` itself, for good."""
    yield from _inside(tree, scope="", prefix="", lines=range(0), quiet=False)


def _inside(
    node: ast.AST, *, scope: str, prefix: str, lines: range, quiet: bool
) -> Iterator[Mutant]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params", "bases"):
            continue
        many = value if isinstance(value, list) else [value]
        for index, child in enumerate(many):
            if not isinstance(child, ast.AST) or _is_left(node, name, index, child):
                continue
            inner, place, here = scope, prefix, lines
            if isinstance(child, ast.stmt | ast.match_case):
                here = _lines(child)
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                place = f"{prefix}{child.name}."
                if isinstance(child, ast.FunctionDef) and not scope:
                    inner = place.removesuffix(".")
            still = quiet or isinstance(child, ast.Raise) or _called(child) in _TELLING
            # Defaults are evaluated where the function is defined, not in it.
            where = "" if name in ("defaults", "kw_defaults") and scope == prefix[:-1] else inner
            for what, new in _variants(node, name, child, quiet=still):
                yield Mutant(here, where, what, _setter(node, name, index, value, new))
            yield from _inside(child, scope=where, prefix=place, lines=here, quiet=still)


def _lines(child: ast.stmt | ast.match_case) -> range:
    """The lines of a simple statement, or those of the head of one with a body."""
    body = getattr(child, "body", None)
    first = child.lineno if isinstance(child, ast.stmt) else child.pattern.lineno
    end = body[0].lineno - 1 if body else getattr(child, "end_lineno", first)
    return range(first, max(first, end or first) + 1)


def _setter(node: ast.AST, name: str, index: int, value: Any, new: Any) -> Callable[[], None]:
    def apply() -> None:
        if not isinstance(value, list):
            setattr(node, name, new)
        elif new is None:
            del value[index]
        else:
            value[index] = new

    return apply


def _is_left(node: ast.AST, name: str, index: int, child: ast.AST) -> bool:
    if isinstance(child, ast.Import | ast.ImportFrom | ast.alias | ast.AnnAssign):
        # A field of a class, or the declaration of a local without a value.
        plain = isinstance(child, ast.AnnAssign) and child.value is not None
        return not plain or isinstance(node, ast.ClassDef)
    if isinstance(child, ast.keyword):
        return child.arg == "strict"
    return isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)


def _called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _variants(
    parent: ast.AST, field: str, node: ast.AST, *, quiet: bool
) -> Iterator[tuple[str, Any]]:
    for new in _replacements(parent, field, node, quiet=quiet):
        before = _shown(node)
        yield f"{before}  ->  {_shown(new) if new is not None else '(gone)'}", new


def _shown(node: ast.AST) -> str:
    if isinstance(node, ast.match_case):
        return f"case {ast.unparse(node.pattern)}"
    if isinstance(node, ast.comprehension):
        return ast.unparse(node).strip()
    said = ast.unparse(node).split("\n")[0]
    return said if len(said) < 110 else f"{said[:107]}..."


def _replacements(parent: ast.AST, field: str, node: ast.AST, *, quiet: bool) -> Iterator[Any]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for n, op in enumerate(ops):
                for other in _COMPARED[type(op)]:
                    yield ast.Compare(left, [*ops[:n], other(), *ops[n + 1 :]], others)
        case ast.BoolOp(op=op, values=values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            for n in range(len(values)):
                rest = [*values[:n], *values[n + 1 :]]
                yield ast.BoolOp(op, rest) if len(rest) > 1 else rest[0]
        case ast.UnaryOp(operand=operand):
            yield operand
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COMPUTED and not quiet:
            if not isinstance(left, ast.Constant | ast.JoinedStr):
                yield ast.BinOp(left, _COMPUTED[type(op)](), right)
                yield left
        case ast.Constant(value=value):
            yield from _constants(parent, field, value, quiet=quiet)
        case ast.JoinedStr(values=values) if not quiet:
            words = "".join(v.value for v in values if isinstance(v, ast.Constant))
            if not _PEOPLE.search(words):
                yield ast.Constant("")
        case (
            ast.Set(elts=many)
            | ast.Tuple(elts=many, ctx=ast.Load())
            | ast.List(elts=many, ctx=ast.Load())
        ) if not quiet:
            for n in range(len(many) if len(many) > 1 else 0):
                yield type(node)(**{**vars(node), "elts": [*many[:n], *many[n + 1 :]]})
        case ast.Slice(lower=lower, upper=upper, step=step):
            if lower is not None:
                yield ast.Slice(None, upper, step)
            if upper is not None:
                yield ast.Slice(lower, None, step)
        case ast.Attribute(value=ast.Name(id=enum), attr=name) if enum in _ENUMS:
            other = next(one for one in _ENUMS[enum] if one != name)
            yield ast.Attribute(node.value, other, node.ctx)  # type: ignore[attr-defined]
        case ast.Call(func=func, args=args, keywords=keywords):
            name = _called(node)
            if name in _CALLED and isinstance(func, ast.Name):
                yield ast.Call(ast.Name(_CALLED[name], ast.Load()), args, keywords)
            elif name in _CALLED and isinstance(func, ast.Attribute):
                yield ast.Call(ast.Attribute(func.value, _CALLED[name], ast.Load()), args, keywords)
            elif name in _UNWRAPPED and isinstance(func, ast.Name):
                yield ast.Call(ast.Name("list", ast.Load()), args, [])
        case ast.comprehension(target=target, iter=iterable, ifs=ifs, is_async=is_async):
            for n in range(len(ifs)):
                yield ast.comprehension(target, iterable, [*ifs[:n], *ifs[n + 1 :]], is_async)
        case ast.match_case(pattern=pattern, guard=guard, body=body):
            if guard is not None:
                yield ast.match_case(pattern, None, body)
            yield None
        case ast.MatchOr(patterns=patterns):
            for n in range(len(patterns)):
                rest = [*patterns[:n], *patterns[n + 1 :]]
                yield ast.MatchOr(rest) if len(rest) > 1 else rest[0]
        case ast.ExceptHandler(type=ast.Tuple(elts=many), name=name, body=body):
            for n in range(len(many)):
                rest = ast.Tuple([*many[:n], *many[n + 1 :]], ast.Load())
                yield ast.ExceptHandler(rest, name, body)
        case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
            yield ast.Return(ast.Constant(None))
        case ast.Continue():
            yield ast.Break()
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
            yield ast.Pass()
        case ast.Raise() | ast.Expr() | ast.AugAssign() | ast.Delete() | ast.Assert():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield ast.Pass()
    if field == "test" and isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
        yield ast.UnaryOp(ast.Not(), node)  # type: ignore[arg-type]


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _constants(parent: ast.AST, field: str, value: Any, *, quiet: bool) -> Iterator[ast.Constant]:
    if isinstance(parent, ast.JoinedStr | ast.FormattedValue):
        return
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)
    elif isinstance(value, str) and not quiet and not _PEOPLE.search(value):
        yield ast.Constant("" if value else "mutated")
    elif isinstance(value, bytes):
        yield ast.Constant(b"" if value else b"mutated")
