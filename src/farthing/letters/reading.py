"""Finding the letters and reading their folders: what each needs, a full example, and the template that prints it.

A folder beside this file that holds a ``letter.typ`` is a letter, and its name is the letter's. A template that uses a
field nobody declared, or a declaration no template uses, is refused when the folder is read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from farthing.base.refusal import Problem, Refusal
from farthing.base.yaml_files import written_in
from farthing.letters.fields import Field, differences, names_within

HERE = Path(__file__).parent
LAYOUT = HERE / "layout.typ"


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """A letter as its folder describes it. ``example`` fills every field with somebody invented."""

    name: str
    folder: Path
    fields: tuple[Field, ...]
    template: str
    example: Mapping[str, Any]

    def check(self, data: Mapping[str, Any]) -> None:
        """Raises ``Refusal`` with every field that is missing, unknown, or not of its kind."""
        if problems := tuple(differences(self.fields, data)):
            raise Refusal(*problems)


@cache
def letters(*folders: Path) -> dict[str, Letter]:
    """Every letter by name: each folder with a ``letter.typ`` beside this file, and in any other folders given.

    Raises ``Refusal`` with everything that is wrong in the first folder that cannot be used.
    """
    found = dict[str, Letter]()
    for file in sorted(file for folder in (HERE, *folders) for file in folder.glob("*/letter.typ")):
        letter = _read(file.parent)
        if letter.name in found:
            problem = f"has the name of another letter, in {found[letter.name].folder}"
            raise Refusal(Problem(str(letter.folder), problem, "Rename one folder"))
        found[letter.name] = letter
    return dict(sorted(found.items()))


def letter(name: str, *folders: Path) -> Letter:
    """The letter of that name. Raises ``Refusal`` where there is none."""
    known = letters(*folders)
    if name not in known:
        raise Refusal(Problem("letter", f"is not one that is known: {name!r}", f"Give one of: {', '.join(known)}"))
    return known[name]


def _read(folder: Path) -> Letter:
    template = (folder / "letter.typ").read_text(encoding="utf-8")
    fields = _declared(folder / "fields.py")
    if problems := tuple(_badly_matched(folder, template, fields)):
        raise Refusal(*problems)
    example = written_in(folder / "example.yaml")
    return Letter(folder.name, folder, fields, template, example)


def _declared(file: Path) -> tuple[Field, ...]:
    spec = spec_from_file_location(f"fields_of_{file.parent.name}", file)
    assert spec and spec.loader, file
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    declared: tuple[Field, ...] = module.FIELDS
    return declared


def _badly_matched(folder: Path, template: str, fields: tuple[Field, ...]) -> Iterator[Problem]:
    """Where the template and the layout use other fields than are declared: ``d.name`` is a use of the field ``name``."""
    sources = template + LAYOUT.read_text(encoding="utf-8")
    used, anywhere = set(re.findall(r"\bd\.(\w+)", sources)), set(re.findall(r"\.(\w+)", sources))
    declared = {field.name for field in fields}
    for name in sorted(used - declared):
        yield Problem(f"{folder.name}.{name}", "is used by the template and not declared", "Declare it in fields.py")
    for field in fields:
        inside = [f"{field.name}.{name}" for name in names_within(field.kind) if name not in anywhere]
        for name in inside if field.name in used else [field.name, *inside]:
            yield Problem(f"{folder.name}.{name}", "is declared and not used by the template", "Print it, or drop it")
