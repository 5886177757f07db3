"""The pages made from the law are what the law says now, lead where they point, and leave nothing out."""

import re
import sys
from importlib import import_module
from types import ModuleType

import pytest

from farthing.engine.kinds import Kinds
from farthing.law import law
from tests.house.sources import ROOT

LAW = ROOT / "docs" / "law"


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """docs/generate.py."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        return import_module("generate")
    finally:
        sys.path.remove(str(ROOT / "docs"))


def text_of(name: str) -> str:
    return (LAW / name).read_text(encoding="utf-8")


def test_the_generated_pages_are_what_the_law_says_now(generate):
    assert generate.out_of_date() == [], "run make docs, and review the difference"


def test_the_generated_pages_are_the_same_each_time(generate):
    assert generate.pages() == generate.pages()


def test_the_check_finds_a_page_that_was_changed_one_that_is_missing_and_one_too_many(generate, tmp_path, monkeypatch):
    pages = {tmp_path / path.relative_to(generate.DOCS): text for path, text in generate.pages().items()}
    monkeypatch.setattr(generate, "DOCS", tmp_path)
    monkeypatch.setattr(generate, "pages", lambda: pages)
    for path, text in pages.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert generate.out_of_date() == []
    (tmp_path / "law" / "capital.md").write_text("Changed.\n", encoding="utf-8")
    (tmp_path / "law" / "home.md").unlink()
    (tmp_path / "law" / "attic.md").write_text("Left behind.\n", encoding="utf-8")
    assert generate.out_of_date() == ["law/attic.md", "law/capital.md", "law/home.md"]


@pytest.mark.parametrize("page", sorted(LAW.glob("*.md")), ids=lambda page: page.name)
def test_every_link_leads_to_a_heading_that_is_there(page):
    for name, anchor in re.findall(r"\]\(([a-z_]*(?:README)?\.md)?#([^)]+)\)", page.read_text(encoding="utf-8")):
        headings = re.findall(r"^#+ (.+)$", text_of(name or page.name), flags=re.MULTILINE)
        anchors = [re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-") for heading in headings]
        assert anchors.count(anchor) == 1, f"{name}#{anchor}"


def test_every_rule_fact_figure_slot_and_kind_is_on_some_page():
    pages = "".join(page.read_text(encoding="utf-8") for page in LAW.glob("*.md"))
    for name in (*law().rules, *law().slots, *law().figures):
        assert f"\n### {name}\n" in pages, name
    for fact in (*law().facts.values(), *(fact for held in law().lists.values() for fact in held.facts.values())):
        assert f"\n| {fact.name} | {fact.question}" in pages, fact.name
        for kind in fact.unit.names if isinstance(fact.unit, Kinds) else ():
            assert f"\n| {kind} | " in pages, kind


def test_every_rule_is_in_the_index_under_each_provision_it_cites(generate):
    index = text_of("README.md")
    for rule in law().rules.values():
        for citation in rule.law:
            for _, provision in generate.places(citation.law):
                rows = [line for line in index.splitlines() if line.startswith(f"| {provision or 'the whole'} |")]
                assert any(f"#{rule.name})" in row for row in rows), f"{rule.name} under {provision}"


def test_a_citation_nobody_has_read_is_marked():
    unchecked = [rule for rule in law().rules.values() if not all(citation.checked for citation in rule.law)]
    pages = "".join(page.read_text(encoding="utf-8") for page in LAW.glob("*.md"))
    for rule in unchecked:
        (part,) = re.findall(rf"^### {rule.name}$(.+?)^- Needs:", pages, flags=re.MULTILINE | re.DOTALL)
        assert "(not yet checked)" in part


@pytest.mark.parametrize(
    ("citation", "found"),
    [
        ("SI 2014/2672 reg 25(1)", ["reg 25"]),
        ("SI 2014/2672 regs 6, 7, 13", ["reg 6", "reg 7", "reg 13"]),
        ("SI 2014/2672 Sch 2 paras 1 to 4", ["Sch 2 para 1", "Sch 2 para 2", "Sch 2 para 3", "Sch 2 para 4"]),
        ("SI 2014/2672 Sch 2 para 4(1), (5) and (6)", ["Sch 2 para 4"]),
        ("SI 2014/2672 Sch 2 paras 2, 4(3)", ["Sch 2 para 2", "Sch 2 para 4"]),
        ("SI 2014/2672 Sch 1", ["Sch 1"]),
        ("Care Act 2014 ss26, 31", ["s26", "s31"]),
        ("Care Act 2014 s14(1)(b); CASSG 8.58", ["s14", "8.58"]),
        ("CASSG 8.42 to 8.44", ["8.42", "8.43", "8.44"]),
        ("CASSG Annex B 9 to 10, 18", ["Annex B 9", "Annex B 10", "Annex B 18"]),
        ("Care and Support Statutory Guidance Annex C 33", ["Annex C 33"]),
        ("SI 2022/243", [""]),
        ("A page of a council", [""]),
    ],
)
def test_a_citation_is_taken_apart_into_single_provisions(generate, citation, found):
    assert [provision for _, provision in generate.places(citation)] == found


def test_provisions_stand_in_the_order_of_the_instrument(generate):
    mixed = [
        "Annex B 6",
        "Sch 2 para 4",
        "reg 25",
        "Sch 1 para 17",
        "reg 3",
        "Sch 1",
        "8.12",
        "Annex A 11",
        "Sch 2 para 16",
    ]
    in_order = [
        "reg 3",
        "8.12",
        "reg 25",
        "Sch 1",
        "Sch 1 para 17",
        "Sch 2 para 4",
        "Sch 2 para 16",
        "Annex A 11",
        "Annex B 6",
    ]
    assert sorted(mixed, key=generate.provision_order) == in_order
