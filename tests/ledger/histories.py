"""Invented care and decisions, for tests of what they come to."""

from hypothesis import strategies as st

from farthing.base.days import day
from farthing.ledger.billing_periods import Stretch
from farthing.ledger.care import Break, Care, Rate, Service, TakenAs, Unit, Why
from farthing.ledger.charge import Contribution

MONDAY = day("2026-06-01")
PERIOD = Stretch(MONDAY, MONDAY + 27)


def weekly(pence: int, reference: str = "S-1", **more: object) -> Service:
    """A service priced by the week, running since well before the period unless said otherwise."""
    given = {"says": "Home care", "unit": Unit.WEEK, "starts": MONDAY - 100, "rates": (Rate(MONDAY - 1_000, pence),)}
    return Service(reference, **{**given, **more})  # type: ignore[arg-type]


def direct_payment(pence: int, **more: object) -> Service:
    """A part of the personal budget taken as a direct payment."""
    return weekly(pence, "S-D", says="Direct payment", taken_as=TakenAs.DIRECT_PAYMENT, **more)


def pays(*decisions: tuple[int, int | None]) -> tuple[Contribution, ...]:
    """Contributions from their days on, the first from long ago where only an amount matters."""
    return tuple(Contribution(since, amount, f"D-{number}") for number, (since, amount) in enumerate(decisions, 1))


def always(amount: int | None) -> tuple[Contribution, ...]:
    """One contribution for all time."""
    return pays((1, amount))


DAYS = st.integers(MONDAY - 20, MONDAY + 90)
STRETCHES = st.tuples(DAYS, st.integers(0, 40)).map(lambda given: Stretch(given[0], given[0] + given[1]))
RATES = st.lists(st.tuples(DAYS, st.integers(0, 90_000)), max_size=2, unique_by=lambda rate: rate[0]).map(
    lambda later: (Rate(MONDAY - 400, 1_234), *(Rate(*each) for each in sorted(later)))
)


@st.composite
def services(draw: st.DrawFn, reference: str) -> Service:
    """A service of any kind."""
    unit = draw(st.sampled_from(Unit))
    starts = draw(DAYS)
    most = 600 if unit is Unit.HOUR else 1 if unit is Unit.WEEK else 3
    planned = (1,) * 7 if unit is Unit.WEEK else tuple(draw(st.lists(st.integers(0, most), min_size=7, max_size=7)))
    return Service(
        reference, "Care", unit, starts, draw(RATES), planned,
        ends=starts + draw(st.integers(0, 200)),
        is_by_delivery=unit is not Unit.WEEK and draw(st.booleans()),
        is_chargeable=draw(st.sampled_from([True, True, True, False])),
        taken_as=draw(st.sampled_from(TakenAs)),
    )  # fmt: skip


@st.composite
def cares(draw: st.DrawFn) -> Care:
    """The care of one person, with breaks, visits and perhaps a death."""
    found = tuple(draw(services(f"S-{number}")) for number in range(draw(st.integers(0, 3))))
    names = [each.reference for each in found]
    breaks = tuple(
        Break(
            draw(st.sampled_from([Why.HOSPITAL, Why.ABSENCE, Why.HOLD])),
            draw(STRETCHES),
            draw(st.sampled_from(["", *names])),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    delivered = draw(
        st.dictionaries(st.tuples(st.sampled_from(names or ["S-0"]), DAYS), st.integers(1, 600), max_size=12)
    )
    return Care(found, breaks, delivered, draw(st.none() | DAYS))


CONTRIBUTIONS = st.lists(
    st.tuples(DAYS, st.none() | st.integers(0, 60_000)), max_size=3, unique_by=lambda each: each[0]
).map(lambda later: pays((1, 5_000), *sorted(later, key=lambda each: each[0])))
