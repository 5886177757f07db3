"""Direct payments: what the council pays in, and into which account the contribution goes."""

from farthing.engine.rules import rule
from farthing.engine.verbs import at_least_zero, choose, lesser_of, look_up, total
from farthing.law.charge.facts import SERVICE

IS_DIRECT_PAYMENT = SERVICE.column("direct_payment")


@rule(each="services", law="Care Act 2014 s31", unit="£ a week")
def direct_payment_part(kind, chargeable_service_cost):
    """The part of the personal budget that is taken as a direct payment."""
    return choose(look_up(kind, IS_DIRECT_PAYMENT), chargeable_service_cost, 0)


@rule(law="Care Act 2014 ss26, 31", unit="£ a week")
def direct_payment_gross(direct_payment_part):
    """The whole of the personal budget that is taken as a direct payment."""
    return total(direct_payment_part)


@rule(law="Care Act 2014 s26", unit="£ a week")
def arranged_cost(cost_of_care, direct_payment_gross):
    """The cost of the care that the council arranges."""
    return at_least_zero(cost_of_care - direct_payment_gross)


@rule(law="Care Act 2014 s31; Cambridgeshire County Council, Paying for care", unit="yes/no")
def contribution_goes_into_account(direct_payment_gross, arranged_cost):
    """The contribution goes into the direct payment account if the direct payment is the larger; else it is invoiced."""
    return direct_payment_gross > arranged_cost


@rule(law="Care Act 2014 s31; Cambridgeshire County Council, Paying for care", unit="£ a week")
def paid_into_account(contribution_goes_into_account, weekly_charge, direct_payment_gross, arranged_cost):
    """The person pays the contribution into one place, and only what is above that place's cost into the other."""
    beyond_arranged = at_least_zero(weekly_charge - arranged_cost)
    return choose(contribution_goes_into_account, lesser_of(weekly_charge, direct_payment_gross), beyond_arranged)


@rule(law="Care Act 2014 s31", unit="£ a week")
def contribution_invoiced(weekly_charge, paid_into_account):
    """What is not paid into the direct payment account is invoiced."""
    return weekly_charge - paid_into_account


@rule(law="Care Act 2014 s31; Cambridgeshire County Council, Paying for care", unit="£ a week")
def direct_payment_net(direct_payment_gross, paid_into_account):
    """A direct payment is paid net of the contribution; none is made if the contribution is as much or more."""
    return at_least_zero(direct_payment_gross - paid_into_account)


@rule(
    law="SI 2014/2871 reg 6", unit="yes/no", checked=False,
    remark="A direct payment may not pay for a long stay in a care home: no more than four weeks in a row in a year.",
)  # fmt: skip
def direct_payment_for_care_home(is_permanent_resident, direct_payment_gross):
    """A direct payment is for care outside a care home, but for short stays."""
    return is_permanent_resident & (direct_payment_gross > 0)
