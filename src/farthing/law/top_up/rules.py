"""Top-ups: how much, who may pay, and what must be agreed."""

from pathlib import Path

from farthing.engine.kinds import Kinds, read_terms
from farthing.engine.rules import rule
from farthing.engine.verbs import any_of, at_least_zero, choose, not_
from farthing.law.charge.facts import SERVICE
from farthing.law.top_up.facts import PAYER

AGREEMENT_TERMS: Kinds = read_terms(Path(__file__).with_name("terms.yaml"))
"""What a top-up agreement must say (SI 2014/2670 reg 5)."""


@rule(law="SI 2014/2670 reg 5; CASSG Annex A", unit="£ a week")
def top_up(is_in_a_care_home, pays_full_cost, place_is_free, vcjd, fee, personal_budget_for_place):
    """Where the council contributes or the place is free, what the home charges above the personal budget is a top-up."""
    difference = at_least_zero(fee - personal_budget_for_place)
    pays_whole_fee = pays_full_cost & not_(place_is_free | vcjd)
    return choose(is_in_a_care_home, choose(pays_whole_fee, 0, difference), 0)


@rule(each="services", law="Mental Health Act 1983 s117", unit="yes/no")
def is_section_117(kind):
    """The care is aftercare under section 117."""
    return kind == SERVICE.aftercare_s117


@rule(law="SI 2014/2670 reg 5(5); CASSG Annex A 37 to 39", unit="yes/no")
def may_pay_own_top_up(twelve_weeks_are_running, has_deferred_payment, is_section_117):
    """A person may pay their own top-up only in the twelve weeks, with a deferred payment, or for section 117 aftercare."""
    return twelve_weeks_are_running | has_deferred_payment | any_of(is_section_117)


@rule(
    law="SI 2014/2670 reg 5(5); CASSG Annex A 37 to 39", unit="yes/no",
    remark="The law does not let the person pay this top-up: another must, or a home within the personal budget be found.",
)  # fmt: skip
def own_top_up_is_barred(top_up, paid_by, may_pay_own_top_up):
    """The person would pay their own top-up and the law does not allow it."""
    return (top_up > 0) & (paid_by == PAYER.self) & not_(may_pay_own_top_up)


@rule(
    law="SI 2014/2670 reg 5; CASSG Annex A 23", unit="yes/no", checked=False,
    remark="Somebody must agree in writing to pay the top-up. The council must also offer a home that needs none.",
)  # fmt: skip
def top_up_needs_payer(top_up, paid_by):
    """There is a top-up and nobody to pay it."""
    return (top_up > 0) & (paid_by == PAYER.nobody_yet)


@rule(
    law="SI 2014/2670 reg 5; CASSG Annex A 23", unit="yes/no", checked=False,
    remark="The payer of the top-up must be able and willing to pay it for as long as the stay is likely to last.",
)  # fmt: skip
def payer_cannot_afford(top_up, payer_can_afford):
    """The payer cannot keep up the top-up."""
    return (top_up > 0) & not_(payer_can_afford)
