"""An entry in words, part by part, and what differs between two: for its owner, for the editor and for the history."""

from collections.abc import Iterable
from dataclasses import dataclass

from farthing.base.money import shown
from farthing.service.directory.entry import DAY, Entry, Form, Hours, Offer, Per
from farthing.service.directory.languages import language_named
from farthing.service.directory.terms import kinds_of_help, people_helped

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FORMS = {
    Form.SOLE_TRADER: "Sole trader",
    Form.PARTNERSHIP: "Partnership",
    Form.COMPANY: "Company",
    Form.INTEREST_COMPANY: "Community interest company",
}

PER = {Per.HOUR: "an hour", Per.VISIT: "a visit", Per.DAY: "a day", Per.NIGHT: "a night", Per.MILE: "a mile"}

NOON = DAY // 2

METRES_A_MILE = 1609


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an entry in words; ``lines`` is empty where nothing is said. ``is_shown`` is whether everybody sees it."""

    field: str
    label: str
    lines: tuple[str, ...]
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """One part of two entries, side by side."""

    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether the two say something else."""
        return self.before != self.after


def parts(entry: Entry) -> list[Part]:
    """Every part of an entry, in the order pages show them."""
    return [
        Part("name", "Name", (entry.name,)),
        Part("form", "Kind of business", _told(entry.form and FORMS[entry.form])),
        Part("workers", "Full-time workers or volunteers", _told(entry.workers)),
        Part("about", "About", tuple(line for line in entry.about.splitlines() if line.strip())),
        Part("postcode", "Postcode", (entry.postcode,), is_shown=False),
        Part("travels", "How far it goes", _told(_reach(entry.travels))),
        Part("drives", "Drives", _told(_yes_or_no(entry.drives))),
        Part("offers", "Help and prices", tuple(offer_in_words(each) for each in entry.offers)),
        Part("hours", "When", tuple(hours_in_words(entry.hours))),
        Part("helps", "Who it helps", tuple(_named(entry.helps))),
        Part("ages", "Ages", _told(ages_in_words(entry))),
        Part("languages", "Languages", tuple(language_named(each) for each in entry.languages)),
        Part("takes_direct_payments", "Takes direct payments", _told(_yes_or_no(entry.takes_direct_payments))),
        Part(
            "welcomes_self_funders",
            "Welcomes people who pay themselves",
            _told(_yes_or_no(entry.welcomes_self_funders)),
        ),
        Part("email", "Email address", _told(entry.email), is_shown=False),
        Part("phone", "Telephone", _told(entry.phone), is_shown=entry.shows_phone),
        Part("website", "Website", _told(entry.website)),
    ]


def compared(before: Entry, after: Entry) -> list[Compared]:
    """Every part of two entries, side by side. That a telephone number is shown from now on counts as a difference."""
    return [
        Compared(new.label, _with_who_sees_it(old), _with_who_sees_it(new))
        for old, new in zip(parts(before), parts(after), strict=True)
    ]


def offer_in_words(offer: Offer) -> str:
    """One kind of help with its price: "Personal care: £24.00 to £28.00 an hour (two carers at weekends)"."""
    known = kinds_of_help().get(offer.kind)
    said = f"{known.name if known else offer.kind}: {price_in_words(offer)}"
    return f"{said} ({offer.says})" if offer.says else said


def price_in_words(offer: Offer) -> str:
    """The price of one kind of help: "£24.00 an hour", "free", or "ask for the price" where none is given."""
    if offer.pence is None:
        return "ask for the price"
    if offer.pence_to is not None and offer.pence_to != offer.pence:
        return f"{shown(offer.pence)} to {shown(offer.pence_to)} {PER[offer.per]}"
    return f"{shown(offer.pence)} {PER[offer.per]}" if offer.pence else "free"


def hours_in_words(hours: Iterable[Hours]) -> list[str]:
    """The days on which help is given, each with its times: "Monday: 9am to 5pm"."""
    by_day: dict[int, list[Hours]] = {}
    for each in hours:
        by_day.setdefault(each.day, []).append(each)
    return [f"{DAYS[day]}: {times_in_words(by_day[day])}" for day in sorted(by_day)]


def times_in_words(hours: Iterable[Hours]) -> str:
    """The times of one day: "9am to 1pm, 5pm to 9.30pm", or "all day"."""
    in_order = sorted((each.opens, each.closes) for each in hours)
    if in_order == [(0, DAY)]:
        return "all day"
    return ", ".join(f"{time_in_words(opens)} to {time_in_words(closes)}" for opens, closes in in_order)


def time_in_words(minutes: int) -> str:
    """A time of the day, in minutes after midnight: "9am", "5.30pm", "midday", "midnight"."""
    if minutes in (0, DAY):
        return "midnight"
    if minutes == NOON:
        return "midday"
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}{f'.{minute:02d}' if minute else ''}{'am' if minutes < NOON else 'pm'}"


def ages_in_words(entry: Entry) -> str:
    """The ages of those who are helped, where both ends count; "" where they were not told."""
    minimum, maximum = entry.minimum_age, entry.maximum_age
    if minimum is None and maximum is None:
        return "Any age" if entry.any_age else ""
    if maximum is None:
        return f"{minimum} and over"
    return f"Up to {maximum}" if minimum is None else f"{minimum} to {maximum}"


def miles_of(metres: int) -> int:
    """Metres as the nearest whole miles."""
    return (metres + METRES_A_MILE // 2) // METRES_A_MILE


def _named(helps: Iterable[str]) -> list[str]:
    known = people_helped()
    return [known[each].name if each in known else each for each in helps]


def _told(said: object) -> tuple[str, ...]:
    """What is said, as the lines of a part; none where nothing is."""
    return () if said in (None, "") else (str(said),)


def _reach(travels: int | None) -> str:
    if travels is None:
        return ""
    return f"Up to {miles_of(travels)} miles" if travels else "Does not travel"


def _yes_or_no(is_so: bool | None) -> str:
    return "" if is_so is None else "Yes" if is_so else "No"


def _with_who_sees_it(part: Part) -> tuple[str, ...]:
    if part.field != "phone" or not part.lines:
        return part.lines
    return (*part.lines, "Shown to everybody" if part.is_shown else "Not shown")
