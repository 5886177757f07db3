"""A citation leads to where it can be read."""

import pytest

from farthing.law import law
from farthing.service.design.legislation import GUIDANCE, LEGISLATION, address, parts


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("SI 2014/2672 reg 25(1)", f"{LEGISLATION}/uksi/2014/2672/regulation/25"),
        ("SI 2014/2672 regs 10, 12", f"{LEGISLATION}/uksi/2014/2672/regulation/10"),
        ("SI 2014/2672 Sch 2 para 4(1)(a)", f"{LEGISLATION}/uksi/2014/2672/schedule/2/paragraph/4"),
        ("SI 2014/2672 Sch 1", f"{LEGISLATION}/uksi/2014/2672/schedule/1"),
        ("SI 2015/173 reg 1A", f"{LEGISLATION}/uksi/2015/173/regulation/1A"),
        ("SI 2012/2996 Part 6", f"{LEGISLATION}/uksi/2012/2996/part/6"),
        ("SI 2022/243", f"{LEGISLATION}/uksi/2022/243"),
        ("Care Act 2014 ss26, 31", f"{LEGISLATION}/ukpga/2014/23/section/26"),
        ("Care Act 2014 s14(1)(b)", f"{LEGISLATION}/ukpga/2014/23/section/14"),
        ("Mental Health Act 1983 s117", f"{LEGISLATION}/ukpga/1983/20/section/117"),
        ("CASSG Annex B 9 to 13", GUIDANCE),
        ("Cambridgeshire County Council, Paying for care", ""),
    ],
)
def test_a_provision_is_found_where_it_stands(words, where):
    assert address(words) == where


def test_a_citation_of_several_is_parted():
    assert [each.words for each in parts("CASSG 8.46; SI 2014/2672 reg 7")] == ["CASSG 8.46", "SI 2014/2672 reg 7"]


def test_every_provision_of_the_law_but_a_councils_own_page_has_an_address():
    cited = {part.words for rule in law().rules.values() for part in parts(rule.cited) if not part.address}
    assert all("Council" in words for words in cited), cited
