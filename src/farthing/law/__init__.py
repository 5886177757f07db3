"""What Parliament and ministers wrote about charging adults for care in England, as rules with their citations."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from farthing import __version__
from farthing.engine.figures import Figure, read_figures
from farthing.engine.law import Law, Plan
from farthing.law.allowances import facts as allowance_facts
from farthing.law.allowances import rules as allowances
from farthing.law.capital import facts as capital_facts
from farthing.law.capital import rules as capital
from farthing.law.charge import facts as charge_facts
from farthing.law.charge import rules as charge
from farthing.law.deferred_payment import facts as deferred_payment_facts
from farthing.law.deferred_payment import rules as deferred_payment
from farthing.law.direct_payment import rules as direct_payment
from farthing.law.home import facts as home_facts
from farthing.law.home import rules as home
from farthing.law.income import facts as income_facts
from farthing.law.income import rules as income
from farthing.law.person import facts as person_facts
from farthing.law.person import rules as person
from farthing.law.top_up import facts as top_up_facts
from farthing.law.top_up import rules as top_up

FOLDER = Path(__file__).parent

MODULES = (
    person_facts, capital_facts, home_facts, income_facts, allowance_facts, charge_facts, deferred_payment_facts,
    top_up_facts, person, home, capital, income, allowances, charge, direct_payment, top_up, deferred_payment,
)  # fmt: skip

ANSWERS = ("weekly_charge", "council_pays", "top_up")
"""What a person comes to know. Nothing is asked that cannot change one of these."""

BESIDE = (
    "assessable_capital", "tariff_income", "counted_income", "protected_income", "maximum_weekly_contribution",
    "cost_of_care", "pays_full_cost",
)  # fmt: skip
"""What every answer is given with."""

NOT_WITH_FULL_COST = ("maximum_weekly_contribution", "tariff_income")
"""Of no meaning where the full cost is paid: the means test was not reached or did not decide."""

ALSO = (
    *BESIDE,
    "direct_payment_gross", "direct_payment_net", "paid_into_account", "contribution_invoiced",
    "chargeable_once", "charge_for_part_week", "arrangement_fee",
    "weeks_until_upper_limit", "weeks_until_notice", "paid_now", "deferred_a_week", "equity_limit",
)  # fmt: skip
"""What is said beside the answer as far as it is known; never asked for."""


@cache
def figures() -> dict[str, Figure]:
    """Every dated figure of the law, by name."""
    return read_figures(*sorted(FOLDER.glob("*/rates.yaml")))


@cache
def law() -> Law:
    """The whole law as one graph."""
    return Law(MODULES, figures())


@cache
def edition() -> str:
    """The version of the code with a digest of the law's own text, so that an answer names the law it was given by."""
    digest = sha256()
    for file in sorted(FOLDER.rglob("*")):
        if file.suffix in (".py", ".yaml") and file.parent.name != "examples":
            digest.update(file.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


@cache
def plan(answers: tuple[str, ...]) -> Plan:
    """The part of the law that some answers rest on."""
    return law().plan(answers)


@cache
def remarks() -> tuple[str, ...]:
    """The yes/no rules that put a sentence beside the result where they hold."""
    return tuple(rule.name for rule in law().rules.values() if rule.remark)
