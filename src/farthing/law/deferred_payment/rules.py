"""Who may have a deferred payment agreement, how much may be deferred, and what is deferred each week."""

from farthing.engine.constants import ONCE_A_WEEK
from farthing.engine.kinds import Choices
from farthing.engine.rules import rule
from farthing.engine.slots import slot
from farthing.engine.verbs import any_of, at_least_zero, choose, lesser_of, look_up, not_, share, total
from farthing.law.capital.rules import IS_HOME
from farthing.law.rounding import PART_PENNY_DROPPED, PART_PENNY_MADE_WHOLE

COMPOUNDING = Choices("time at which interest is added", ("daily", "monthly", "quarterly", "half_yearly"))

deferred_payment_interest_added = slot(
    "deferred_payment_interest_added",
    says="When interest on a deferred payment is added to the debt.",
    unit=COMPOUNDING, law="SI 2014/2671 reg 9(2); CASSG 9.67",
)  # fmt: skip
deferred_payment_interest_percent_below_maximum = slot(
    "deferred_payment_interest_percent_below_maximum",
    says="How many hundredths of a percent below the legal maximum the council's interest on a deferred payment is.",
    unit="number", law="SI 2014/2671 reg 9", least=0,
)  # fmt: skip
deferred_payment_set_up_fee = slot(
    "deferred_payment_set_up_fee",
    says="What the council charges for setting up a deferred payment agreement: no more than it costs.",
    unit="£", law="SI 2014/2671 reg 10", least=0,
)  # fmt: skip
deferred_payment_yearly_fee = slot(
    "deferred_payment_yearly_fee",
    says="What the council charges each year for running a deferred payment agreement: no more than it costs.",
    unit="£ a year", law="SI 2014/2671 reg 10", least=0,
)  # fmt: skip
deferred_payment_closing_fee = slot(
    "deferred_payment_closing_fee",
    says="What the council charges for ending a deferred payment agreement: no more than it costs.",
    unit="£", law="SI 2014/2671 reg 10", least=0,
)  # fmt: skip


@rule(each="capital", law="SI 2014/2671 reg 2", unit="£")
def counted_beside_home(kind, counted_value):
    """What counts beside the home."""
    return choose(look_up(kind, IS_HOME), 0, counted_value)


@rule(law="SI 2014/2671 reg 2", unit="£")
def capital_beside_home(counted_beside_home):
    """All the capital that counts beside the home."""
    return total(counted_beside_home)


@rule(each="capital", law="SI 2014/2671 reg 2", unit="yes/no")
def is_counted_home(kind, counted_value):
    """The home is counted."""
    return look_up(kind, IS_HOME) & (counted_value > 0)


@rule(law="SI 2014/2671 reg 2; CASSG 9.7", unit="yes/no")
def deferred_payment_must_be_offered(
    is_in_a_care_home, capital_beside_home, upper_capital_limit, is_counted_home, adequate_security
):
    """A deferred payment must be offered in a care home to one whose home counts, whose other capital is not over £23,250,
    and who can give security."""
    in_means = is_in_a_care_home & any_of(is_counted_home) & (capital_beside_home <= upper_capital_limit)
    return choose(in_means, adequate_security, False)


@rule(
    law="SI 2014/2671 reg 2", unit="yes/no",
    remark="The home counts and other savings are within the limit: the council must offer a deferred payment agreement "
    "if the home can secure it.",
)  # fmt: skip
def deferred_payment_may_be_due(
    is_in_a_care_home, capital_beside_home, upper_capital_limit, is_counted_home, has_deferred_payment
):
    """The home counts and other capital does not exceed the limit, so a deferred payment agreement may be due."""
    in_means = is_in_a_care_home & any_of(is_counted_home) & (capital_beside_home <= upper_capital_limit)
    return in_means & not_(has_deferred_payment)


@rule(law="SI 2014/2671 reg 5; CASSG 9.39 to 9.41", unit="£")
def equity_limit(security_value, other_charges_on_security, lower_capital_limit, deferred_payment_security_percent):
    """Up to the value of the home may be deferred, less a tenth, the lower capital limit and whatever else is secured on it."""
    margin = share(security_value, deferred_payment_security_percent, PART_PENNY_DROPPED)
    return at_least_zero(security_value - margin - lower_capital_limit - other_charges_on_security)


@rule(law="CASSG 9.43", unit="£", checked=False)
def review_level(equity_limit, deferred_payment_review_percent):
    """The agreement is reviewed when 70% of what may be deferred has been."""
    return share(equity_limit, deferred_payment_review_percent, PART_PENNY_MADE_WHOLE)


@rule(
    law="CASSG 9.43", unit="yes/no", checked=False,
    remark="Seventy per cent of what may be deferred has been: the agreement must be reviewed and the home valued again.",
)  # fmt: skip
def review_is_due(has_deferred_payment, deferred_so_far, review_level):
    """Seventy per cent of what may be deferred has been."""
    return has_deferred_payment & (deferred_so_far >= review_level)


@rule(
    law="CASSG 9.44", unit="yes/no", checked=False,
    remark="As much as may be deferred has been: nothing more may be deferred, and interest goes on.",
)  # fmt: skip
def equity_limit_is_reached(has_deferred_payment, deferred_so_far, equity_limit):
    """As much as may be deferred has been."""
    return has_deferred_payment & (deferred_so_far >= equity_limit)


@rule(law="SI 2014/2671 reg 5; CASSG 9.48 to 9.50", unit="£ a week", checked=False)
def contribution_beside_deferral(income_before_tariff, personal_allowance, cost_of_care):
    """With a deferred payment the person pays what income is left above the allowance they keep, up to the cost."""
    return lesser_of(at_least_zero(income_before_tariff - personal_allowance), cost_of_care)


@rule(law="SI 2014/2671 reg 5; CASSG 9.44", unit="£ a week", checked=False)
def deferred_a_week(
    has_deferred_payment,
    is_in_a_care_home,
    pays_full_cost,
    capital_beside_home,
    upper_capital_limit,
    equity_limit,
    deferred_so_far,
    cost_of_care,
    contribution_beside_deferral,
):
    """What is deferred each week is the cost less the contribution, until the limit; nothing if other capital goes over £23,250."""
    within = has_deferred_payment & is_in_a_care_home & pays_full_cost
    room_left = at_least_zero(equity_limit - deferred_so_far) * ONCE_A_WEEK
    wanted = lesser_of(cost_of_care - contribution_beside_deferral, room_left)
    return choose(within & (capital_beside_home <= upper_capital_limit), wanted, 0)


@rule(law="SI 2014/2671 reg 5", unit="£ a week", checked=False)
def paid_now(weekly_charge, deferred_a_week):
    """What the person pays each week now; the rest of the charge is deferred."""
    return weekly_charge - deferred_a_week
