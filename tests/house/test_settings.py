"""Settings are asked for when they are wanted: nobody keeps one from when a module was loaded.

The tests start processes from one that has everything loaded, and give each an environment of its own.
"""

import ast
from pathlib import Path

import farthing

SOURCE = Path(farthing.__file__).parent
THE_SAME_EVERYWHERE = {"AUTH_USER_MODEL", "ROOT_URLCONF", "AXES_COOLOFF_TIME"}
"""What is read from no environment."""


def kept_at_loading(tree: ast.AST) -> set[str]:
    """The settings that a module reads while it is loaded: outside functions, or as a function's defaults."""
    found: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
                found |= kept_at_loading(ast.Expression(default))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "settings":
            found.add(node.attr)
        else:
            found |= kept_at_loading(node)
    return found


def test_no_module_keeps_a_setting_that_differs_from_place_to_place():
    kept = {
        str(file.relative_to(SOURCE)): kept_at_loading(ast.parse(file.read_text(encoding="utf-8")))
        - THE_SAME_EVERYWHERE
        for file in SOURCE.rglob("*.py")
    }
    assert {file: names for file, names in kept.items() if names} == {}


def test_one_that_is_kept_is_found():
    assert kept_at_loading(ast.parse("HERE = settings.ADDRESS\ndef f(data=settings.DATA): return settings.DEBUG")) == {
        "ADDRESS",
        "DATA",
    }
