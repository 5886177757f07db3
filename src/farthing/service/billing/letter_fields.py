"""What the letters that carry an invoice and a credit note are handed. Amounts become text here and nowhere else."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from farthing.base.days import in_words
from farthing.base.money import shown
from farthing.councils.billing import Billing
from farthing.exchange.payment_barcode import barcode, payment_number
from farthing.law import edition
from farthing.ledger.care import Cost, Unit
from farthing.ledger.charge import Charge, ChargedWeek
from farthing.ledger.explanation import quantity, why
from farthing.ledger.instalments import instalments
from farthing.service.assessments.letter_fields import contact_of, top
from farthing.service.billing.models import BillingAccount, Paper

DIGITS_TOGETHER = 4
_BY = {Unit.WEEK: "a week", Unit.DAY: "a day", Unit.NIGHT: "a night", Unit.HOUR: "an hour", Unit.VISIT: "a visit"}


def invoice_fields(
    paper: Paper, charges: Mapping[int, Charge], account: BillingAccount, credited: Sequence[Paper], rules: Billing
) -> dict[str, Any]:
    """An invoice. ``credited`` are the credit notes issued with it, ``charges`` its own by period."""
    earlier = paper.earlier + sum(each.total for each in credited)
    owed = paper.total + earlier
    due = in_words(paper.due_on.toordinal()) if paper.due_on else ""
    return {
        **_common(paper, charges),
        "headline": list(_headline(paper, owed, earlier, due)),
        "due": due,
        "weeks": list(_weeks(charges, 1)),
        "adjustments": list(_adjustments(charges, 1)),
        "balance": _balance(
            ("This invoice", paper.total),
            ("What was owed before", paper.earlier),
            *((f"Credit note {each.name}", each.total) for each in credited),
        ),
        "total": shown(owed),
        "ways_to_pay": [{"name": way.name, "how": list(way.how)} for way in rules.ways],
        "cannot_pay": list(rules.cannot_pay),
        "slip": _slip(account, owed, rules) if owed > 0 else None,
    }


def credit_note_fields(
    paper: Paper, charges: Mapping[int, Charge], mirrored: Paper, invoice: Paper | None, because: Iterable[str]
) -> dict[str, Any]:
    """A credit note. ``charges`` are those of the invoice it mirrors, ``invoice`` the new one that comes with it."""
    lines = [("What was owed before", paper.earlier), ("This credit note", paper.total)]
    headline = [f"We have taken invoice {mirrored.name} back. You owe {shown(-paper.total)} less."]
    to_do = f"You need not pay invoice {mirrored.name}."
    if invoice:
        lines.append((f"Invoice {invoice.name}", invoice.total))
        headline.append(f"A new invoice, number {invoice.name}, comes with this letter and charges the same days anew.")
        to_do = f"Please pay invoice {invoice.name}. {to_do}"
    paid = "What you have paid already counts towards what you owe. Ask us if you would rather have it back."
    return {
        **_common(paper, charges),
        "headline": headline,
        "invoice": mirrored.name,
        "invoice_date": in_words(mirrored.issued_on.toordinal()),
        "credited": shown(paper.total),
        "because": list(because),
        "weeks": list(_weeks(charges, -1)),
        "adjustments": list(_adjustments(charges, -1)),
        "balance": _balance(*lines),
        "total": shown(sum(amount for _, amount in lines)),
        "next": [to_do, paid],
    }


def rate_in_words(cost: Cost) -> str:
    """The rates a service had in a week: "£21.50 an hour"."""
    rates = dict.fromkeys(rate.pence for rate in cost.service.rates)
    return ", then ".join(f"{shown(pence)} {_BY[cost.service.unit]}" for pence in rates)


def _common(paper: Paper, charges: Mapping[int, Charge]) -> dict[str, Any]:
    decisions = dict.fromkeys(
        (part.decision, part.weekly) for charge in charges.values() for week in charge.weeks for part in week.parts
    )
    return {
        **top(paper.person, paper.name, paper.issued_on),
        "number": paper.name,
        "care_of": paper.person.full_name,
        "period": _days(min(each.days.first for each in charges.values()), max(each.days.last for each in charges.values())),
        "by_what": [
            f"Decision {decision}: " + ("the full cost of the care." if weekly is None else f"{shown(weekly)} a week.")
            for decision, weekly in decisions
        ],
        "law_edition": edition(),
        "challenge": _challenge(),
    }  # fmt: skip


def _headline(paper: Paper, owed: int, earlier: int, due: str) -> Iterator[str]:
    if owed > 0:
        yield f"Please pay {shown(owed)} by {due}."
    else:
        yield "You have nothing to pay." if owed == 0 else f"You have nothing to pay. You are {shown(-owed)} ahead."
    if earlier > 0:
        yield f"{shown(earlier)} of it was owed before this invoice."
    elif earlier < 0:
        yield f"{shown(-earlier)} that was in your favour is taken off."
    if paper.instalments > 1 and owed > 0:
        parts = instalments(owed, paper.instalments)
        yield f"You may pay it in {paper.instalments} parts, every four weeks: {shown(parts[0])} first."


def _weeks(charges: Mapping[int, Charge], sign: int) -> Iterator[dict[str, Any]]:
    for charge in charges.values():
        for week in charge.weeks:
            if week.costs or week.charge:
                yield _week(week, sign)


def _week(week: ChargedWeek, sign: int) -> dict[str, Any]:
    return {
        "name": _days(week.days.first, week.days.last),
        "services": [
            {
                "label": f"{cost.service.says} at {rate_in_words(cost)}",
                "planned": quantity(cost, cost.planned),
                "delivered": quantity(cost, cost.amount),
                "cost": shown(sign * cost.cost),
            }
            for cost in week.costs
        ],
        "cost": shown(sign * week.cost),
        "contribution": shown(sign * week.contribution),
        "charged": shown(sign * week.invoiced),
        "why": list(why(week)),
    }


def _adjustments(charges: Mapping[int, Charge], sign: int) -> Iterator[dict[str, Any]]:
    for charge in charges.values():
        if over := charge.invoiced_over_weeks:
            yield {
                "label": f"Over the four weeks {_days(charge.days.first, charge.days.last)}",
                "amount": shown(sign * over),
                "why": "The cost of the care is looked at over all four weeks, not week by week.",
            }


def _balance(*lines: tuple[str, int]) -> list[dict[str, str]]:
    return [{"label": label, "amount": shown(amount)} for label, amount in lines]


def _slip(account: BillingAccount, owed: int, rules: Billing) -> dict[str, Any]:
    number = payment_number(rules.layout, str(account.pk), owed)
    grouped = " ".join(number[start : start + DIGITS_TOGETHER] for start in range(0, len(number), DIGITS_TOGETHER))
    return {
        "account_name": rules.account.name,
        "bank": rules.account.bank,
        "sort_code": rules.account.sort_code,
        "account_number": rules.account.account_number,
        "reference": grouped,
        "amount": shown(owed),
        "code_line": None,
        "barcode": {"alt": f"Barcode of the payment number {grouped}", "svg": barcode(number, rules.layout)},
    }


def _challenge() -> dict[str, list[str]]:
    contact = contact_of()
    return {
        "review": [
            f"Call {contact.telephone} or write to the {contact.name}, and say which line you think is wrong.",
            "You need not pay that line until we have answered.",
        ],
        "complaint": [f"You can complain about how we treated you at any time. Call {contact.telephone}."],
    }


def _days(first: int, last: int) -> str:
    return f"{in_words(first)} to {in_words(last)}" if first != last else in_words(first)
