"""Pages and the API hold no query of their own: they call services and selectors, and templates hold no figure."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import PACKAGE, Finding, found_in_rooms, found_in_text

ROOMS = ("service/public", "service/officer", "service/api")
ASKS_THE_DATABASE = {"objects", "raw", "execute"}


def queries(tree: ast.Module) -> Iterator[Finding]:
    """Imports of the database, managers of models, and raw SQL."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str() as module) if module.startswith("django.db"):
                yield node.lineno, f"from {module} import"
            case ast.Import(names=names):
                for imported in names:
                    if imported.name.startswith("django.db"):
                        yield node.lineno, f"import {imported.name}"
            case ast.Attribute(attr=name) if name in ASKS_THE_DATABASE:
                yield node.lineno, ast.unparse(node)


def test_pages_and_the_api_hold_no_query():
    assert found_in_rooms(queries, *ROOMS) == []


@pytest.mark.parametrize(
    "text",
    [
        "from django.db import transaction",
        "import django.db.models",
        "people = Person.objects.all()",
        "cursor.execute('SELECT 1')",
    ],
)
def test_the_check_finds_a_query(text):
    assert found_in_text(queries, text) != []


def test_the_check_lets_a_selector_through():
    assert found_in_text(queries, "person = selectors.person(reference)") == []


def test_no_template_holds_an_amount_of_money():
    typed = re.compile(r"£\s*\d|\b\d{1,3},\d{3}\b")
    templates = [*PACKAGE.rglob("service/**/*.html"), *PACKAGE.rglob("letters/**/*.typ")]
    assert templates
    found = {str(file.relative_to(PACKAGE)): typed.findall(file.read_text(encoding="utf-8")) for file in templates}
    assert {name: amounts for name, amounts in found.items() if amounts} == {}
