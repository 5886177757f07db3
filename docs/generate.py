"""Writes docs/law/, docs/assess.svg and docs/api/ from what they describe: ``make docs``. ``--check`` only says what differs."""

import ast
import inspect
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from provisions import INSTRUMENTS, places, provision_order
from rich.console import Console
from rich.text import Text

from farthing.base.citation import Citation
from farthing.base.days import in_words, iso
from farthing.case.assessment import assess
from farthing.case.reading import read_case_file
from farthing.case.words import said_value
from farthing.cli.show import print_assessment
from farthing.councils import NO_LIMIT, SCHEME_STARTED, Council, Setting, councils
from farthing.engine.facts import Fact, ItemList
from farthing.engine.figures import Figure, read_sources
from farthing.engine.kinds import Choices, Kinds
from farthing.engine.law import DAY
from farthing.engine.rules import Rule
from farthing.engine.slots import Slot
from farthing.law import FOLDER, MODULES, law

DOCS = Path(__file__).parent
CASE = "examples/jane.yaml"
PICTURE_WIDTH = 100

FOLDERS = (
    "person",
    "capital",
    "home",
    "income",
    "allowances",
    "charge",
    "direct_payment",
    "deferred_payment",
    "top_up",
)
GENERATED = "<!-- Written by `make docs` from the law in src/farthing/law. Change that, not this. -->\n"


def pages() -> dict[Path, str]:
    """Every generated file with what it should hold."""
    written = {f"law/{folder}.md": folder_page(folder) for folder in FOLDERS}
    written |= {"law/README.md": index_page(), "law/figures.md": figures_page(), "law/councils.md": councils_page()}
    found = {DOCS / name: GENERATED + text for name, text in written.items()}
    return {**found, DOCS / "assess.svg": picture(), DOCS / "api" / "openapi.json": api_description()}


def out_of_date() -> list[str]:
    """The generated files that differ from what is there, and those that are there and are no longer generated."""
    wanted, files = pages(), [*(DOCS / "law").glob("*"), *(DOCS / "api").glob("*"), DOCS / "assess.svg"]
    there = {path: path.read_text(encoding="utf-8") for path in files if path.exists()}
    return sorted(str(path.relative_to(DOCS)) for path in {*wanted, *there} if wanted.get(path) != there.get(path))


# Where things are declared


def modules_of(folder: str) -> list[ModuleType]:
    """The modules of a law folder: its facts, then its rules."""
    return [module for module in MODULES if module.__name__.split(".")[2] == folder]


def declared_in(folder: str, kind: type) -> list[Any]:
    """Everything of one type that a law folder declares, in its own order; what it only imports is left out."""
    found: dict[int, Any] = {}
    earlier = {
        id(value)
        for other in FOLDERS[: FOLDERS.index(folder)]
        for module in modules_of(other)
        for value in vars(module).values()
    }
    for module in modules_of(folder):
        found |= {id(value): value for value in vars(module).values() if type(value) is kind}
    return [value for number, value in found.items() if number not in earlier]


def home_of() -> dict[str, str]:
    """The folder that declares each rule, slot, fact, list or table, by name."""
    kinds = (Rule, Slot, Fact, ItemList, Kinds)
    return {each.name: folder for folder in FOLDERS for kind in kinds for each in declared_in(folder, kind)}


HOME = home_of()


def link(key: str) -> str:
    """A link to whatever a rule needs, by its key."""
    list_name, dot, fact = key.rpartition(".")
    if dot:
        return f"[{fact} of each]({HOME[list_name]}.md#facts-{list_name})"
    if key == DAY:
        return "the day assessed for"
    if key in law().figures:
        return f"[{key}](figures.md#{key})"
    return f"[{key}]({HOME[key]}.md#{'facts' if key in law().facts else key})"


def unit_in_words(unit: Any) -> str:
    """A unit, or the choices there are."""
    if isinstance(unit, Kinds):
        return f"a kind of [{unit.name}]({HOME[unit.name]}.md#kinds-{unit.name})"
    return "one of " + ", ".join(unit.names) if isinstance(unit, Choices) else str(unit)


def cited(citations: Iterable[Citation]) -> str:
    """Where the law says so, with a mark where nobody has read it there yet."""
    return "; ".join(f"{each.law}{'' if each.checked else ' (not yet checked)'}" for each in citations)


def cell(text: object) -> str:
    """Text for one cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(heading: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table."""
    names = list(heading)
    lines = [names, ["---"] * len(names), *([cell(each) for each in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


# A page a law folder


def folder_page(folder: str) -> str:
    """Everything one folder of the law declares."""
    rules, slots = declared_in(folder, Rule), declared_in(folder, Slot)
    title, about = folder.replace("_", " ").capitalize(), modules_of(folder)[-1].__doc__
    text = f"# {title}\n\n{about}\n\n[All provisions](README.md) · [All figures](figures.md)\n\n## Rules\n\n"
    text += "".join(map(rule_text, rules))
    text += "".join(["## Left open to the council\n\n", *map(slot_text, slots)]) if slots else ""
    text += facts_text(folder) + "".join(map(kinds_text, declared_in(folder, Kinds)))
    beside = sorted(file for file in (FOLDER / folder).glob("*.py") if file.stem not in ("__init__", "facts", "rules"))
    if beside:
        text += "## Beside the rules\n\n"
        text += "".join(f"- `{file.name}`: {_about(file)}\n" for file in beside)
    return text.rstrip() + "\n"


def _about(file: Path) -> str:
    return (ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or "").replace("\n", " ").replace("``", "`")


def rule_text(rule: Rule) -> str:
    """One rule."""
    users = [step.name for step in law().rules.values() if rule.name in step.needs]
    each = f", for each item of {rule.each}" if rule.each else ""
    lines = [
        f"{unit_in_words(rule.unit)}{each}, since {in_words(rule.since)}",
        f"Law: {cited(rule.law)}",
        f"Needs: {', '.join(map(link, law().step(rule.name).keys))}",
        f"Used by: {', '.join(map(link, users)) or 'the answer'}",
    ]
    if rule.remark:
        lines.append(f"Where it holds, the result says: *{rule.remark}*")
    more = (inspect.getdoc(rule.function) or "").split("\n\n")[1:]
    beyond = "".join(f"\n{paragraph.replace('``', '`')}\n" for paragraph in more)
    return f"### {rule.name}\n\n{rule.says}\n{beyond}\n" + "".join(f"- {line}\n" for line in lines) + "\n"


def slot_text(slot: Slot) -> str:
    """One slot, with its bounds."""
    say = (lambda value: said_value(slot.unit, value)) if "£" in str(slot.unit) else str
    bounds = [f"at least {say(slot.least)}"] if slot.least is not None else []
    bounds += [f"at most {say(slot.most)}"] if slot.most is not None else []
    within = f" ({', '.join(bounds)})" if bounds else ""
    users = [rule.name for rule in law().rules.values() if slot.name in rule.needs]
    return (
        f"### {slot.name}\n\n{slot.says}\n\n- {unit_in_words(slot.unit)}{within}\n- Law: {cited([slot.law])}\n"
        f"- Used by: {', '.join(map(link, users)) or 'what runs over time, beside the rules'}\n\n"
    )


def facts_text(folder: str) -> str:
    """The questions of a folder: of the person, then of each list's items."""
    facts = [fact for fact in declared_in(folder, Fact) if fact.section not in law().lists]
    text = "## Facts\n\n" + facts_table(facts) if facts else ""
    for held in declared_in(folder, ItemList):
        text += f"## Facts: {held.name}\n\n{held.says}. {held.question}\n\n{facts_table(held.facts.values())}"
    return text


def facts_table(facts: Iterable[Fact]) -> str:
    """Facts with their questions, and what leaving each out means."""
    rows = [
        (fact.name, f"{fact.question} {fact.hint}".strip(), unit_in_words(fact.unit), _left_out(fact)) for fact in facts
    ]
    return table(("Fact", "Question", "Unit", "When left out"), rows)


def _left_out(fact: Fact) -> str:
    if fact.told_by:
        return f"Yes, once there is a list of {' or '.join(fact.told_by)}; else it is asked."
    return fact.meaning or (f"The same as {fact.instead}." if fact.instead else "It is asked where it matters.")


def kinds_text(kinds: Kinds) -> str:
    """A table of kinds, with the columns that any row fills."""
    columns = list(dict.fromkeys(name for row in kinds.rows.values() for name in row))
    shown = [name for name in columns if name not in ("says", "under", "law", "checked")]
    rows = [
        (name, kinds.says(name), *(_column(row.get(each)) for each in shown), cited([kinds.law(name)]))
        for name, row in kinds.rows.items()
    ]
    head = f"## Kinds: {kinds.name}\n\n"
    if shown:
        head += f"What the columns mean stands at the head of `src/farthing/law/{HOME[kinds.name]}/kinds.yaml`.\n\n"
    return head + table(("Kind", "In words", *shown, "Law"), rows)


def _column(value: Any) -> str:
    return "yes" if value is True else "" if value is None or value is False else str(value)


# The index by provision


def cited_by() -> dict[str, dict[str, dict[str, list[str]]]]:
    """By instrument and provision: the rules, kinds, figures and slots that cite it, as links."""
    found: dict[str, dict[str, dict[str, list[str]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))

    def enter(citation: str, kind: str, text: str) -> None:
        for instrument, provision in places(citation):
            entries = found[instrument][provision][kind]
            if text not in entries:
                entries.append(text)

    for rule in law().rules.values():
        for citation in rule.law:
            enter(citation.law, "Rules", link(rule.name))
    for slot in law().slots.values():
        enter(slot.law.law, "Left open to the council", link(slot.name))
    for figure in law().figures.values():
        enter(figure.law.law, "Figures", link(figure.name))
    for folder in FOLDERS:
        for kinds in declared_in(folder, Kinds):
            for name in kinds.names:
                enter(kinds.law(name).law, "Kinds", f"[{name}]({folder}.md#kinds-{kinds.name})")
    return found


def index_page() -> str:
    """Every provision that anything cites, in the order of the instrument."""
    found = cited_by()
    order = [*INSTRUMENTS, *sorted(set(found) - set(INSTRUMENTS))]
    anchors = {
        each: re.sub(r"[^a-z0-9 _-]", "", INSTRUMENTS.get(each, each).lower()).replace(" ", "-") for each in order
    }
    text = "# The law, provision by provision\n\nFind the regulation; follow the link to what is written for it.\n\n"
    text += "By subject: " + " · ".join(f"[{each.replace('_', ' ')}]({each}.md)" for each in FOLDERS)
    text += " · [figures by date](figures.md) · [what each council has settled](councils.md)\n\n"
    text += "".join(f"- [{INSTRUMENTS.get(each, each)}](#{anchors[each]})\n" for each in order) + "\n"
    kinds = ("Rules", "Kinds", "Figures", "Left open to the council")
    for instrument in order:
        text += f"## {INSTRUMENTS.get(instrument, instrument)}\n\n"
        rows = [
            (provision or "the whole", *(", ".join(entries.get(kind, ())) for kind in kinds))
            for provision, entries in sorted(found[instrument].items(), key=lambda item: provision_order(item[0]))
        ]
        text += table(("Provision", *kinds), rows)
    return text.rstrip() + "\n"


# Figures and councils by date


def figures_page() -> str:
    """Every figure by date."""
    text = "# Figures by date\n\n`read` is written in the source; `derived` was worked out, as its note says.\n\n"
    for figure in law().figures.values():
        rows = [
            (iso(each.since), said_value(figure.unit, each.value), each.status, each.source, each.note or "")
            for each in figure.dates
        ]
        text += f"### {figure.name}\n\n{figure.says}\n\n- Law: {cited([figure.law])}\n- {_known(figure)}\n\n"
        text += table(("Since", "Value", "Status", "Source", "Note"), rows)
    text += "## Sources\n\n"
    for source in read_sources(FOLDER / "sources.yaml").values():
        where = f" <{source.address}>" if source.address else ""
        text += f"- **{source.key}** {source.title}. {source.date}, {source.kind}.{where}\n"
    return text


def _known(figure: Figure) -> str:
    return f"Known until {in_words(figure.known_until)}; kept in `src/farthing/{figure.place.rpartition(':')[0]}`"


def councils_page() -> str:
    """What every council has settled, with since when and who says so."""
    text = "# What each council has settled\n\n"
    for council in councils().values():
        text += f"## {council.name}\n\n{council.says} Kept in `src/farthing/councils/{council.key}/policy.yaml`.\n\n"
        rows = [
            (link(name), _settled(setting), _since(setting), _because(council, setting))
            for name, settings in council.settings.items()
            for setting in settings
        ]
        text += table(("What the law leaves open", "Settled", "Since", "Who says so"), rows)
    return text.rstrip() + "\n"


def _settled(setting: Setting) -> str:
    if setting.value is None:
        return "not published"
    return "no limit" if setting.value == NO_LIMIT else said_value(setting.slot.unit, setting.value)


def _since(setting: Setting) -> str:
    return "the scheme began" if setting.since == SCHEME_STARTED else in_words(setting.since)


def _because(council: Council, setting: Setting) -> str:
    if setting.page is not None:
        page = council.pages[setting.page]
        return f"[{page.title}]({page.address}), read {in_words(page.read)}"
    return f"Assumed: {setting.assumed}" if setting.assumed else str(setting.unpublished)


# The picture


def picture() -> str:
    """What the terminal shows for the published case, as an image. Fonts are the reader's own: nothing is fetched."""
    out = Console(record=True, width=PICTURE_WIDTH, file=StringIO(), highlight=False, force_terminal=True)
    out.print(Text(f"$ farthing assess {CASE}", style="bold"))
    print_assessment(out, assess(read_case_file(DOCS.parent / CASE)))
    drawn = out.export_svg(title=f"farthing assess {CASE}")
    return re.sub(r"\s*@font-face \{.*?\}\n", "", drawn, flags=re.DOTALL).rstrip() + "\n"


def api_description() -> str:
    """The OpenAPI document of the API."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "farthing.service.settings")
    os.environ.setdefault("FARTHING_SECRET_KEY", "the description of the API needs none")
    django.setup()
    from farthing.service.api.described import openapi_text

    return openapi_text()


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit("\n".join(f"docs/{name} is not what the law says: run make docs" for name in out_of_date()) or 0)
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
