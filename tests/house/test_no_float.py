"""No float touches money: none is written, made or divided into being where money is worked out."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.sources import Finding, found_in_rooms, found_in_text

ROOMS = ("base", "engine", "law", "ledger")

# Names that make a float out of something else. "float" alone is not here: a door may name the type to refuse it.
MAKES_A_FLOAT = {"float16", "float32", "float64", "float128", "true_divide", "truediv", "fsum", "sqrt"}


def floats(tree: ast.Module) -> Iterator[Finding]:
    """Float literals, calls of float, names that make floats, and divisions that are not whole.

    A division with a text on one side joins a path and is let through.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno, f"the float {node.value!r}"
            case ast.Constant(value=str() as text) if text in MAKES_A_FLOAT:
                yield node.lineno, f"the type {text!r}"
            case ast.Call(func=ast.Name(id="float")):
                yield node.lineno, "a call of float"
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name) if name in MAKES_A_FLOAT:
                yield node.lineno, f"the name {name}"
            case ast.BinOp(op=ast.Div(), left=left, right=right) if not (_is_text(left) or _is_text(right)):
                yield node.lineno, f"the division {ast.unparse(node)}"
            case ast.AugAssign(op=ast.Div()):
                yield node.lineno, f"the division {ast.unparse(node)}"


def _is_text(node: ast.expr) -> bool:
    """Whether the expression is text, or itself a path joined with text."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Div(), left=left, right=right):
            return _is_text(left) or _is_text(right)
    return False


def test_no_float_where_money_is_worked_out():
    assert found_in_rooms(floats, *ROOMS) == []


@pytest.mark.parametrize(
    "text",
    [
        "rate = 0.5",
        "most = 1e9",
        "amount = float(text)",
        "column.astype(numpy.float64)",
        "column.astype('float64')",
        "from operator import truediv",
        "half = amount / 2",
        "amount /= 2",
        "share = (amount * percent) / (hundred / 1)",
    ],
)
def test_the_check_finds_a_float(text):
    assert found_in_text(floats, text) != []


@pytest.mark.parametrize(
    "text",
    [
        "half = amount // 2",
        "rates = Path(__file__).parent / 'rates.yaml'",
        "rates = folder / f'{name}.yaml'",
        "rates = folder / 'capital' / name",
        "refused = isinstance(value, float)",
    ],
)
def test_the_check_lets_whole_numbers_paths_and_refusals_through(text):
    assert found_in_text(floats, text) == []
