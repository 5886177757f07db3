"""The invented directory: care micro-enterprises that do not exist, in places that do, in every state an entry can be in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from django.conf import settings

from farthing.councils.directory import has_directory
from farthing.service.access.models import Account
from farthing.service.clock import day_of
from farthing.service.directory.entry import Entry, Form, Hours, Offer, Per
from farthing.service.directory.models import CheckKind, ConcernKind, Enterprise, EntryVersion, Space
from farthing.service.directory.selectors.owned import needed_checks
from farthing.service.directory.services import concerns, editing, enquiries, entries

OWNER = "bramble@business.example"
"""Who can sign in for the first of them."""

ENTERPRISES = 40

PLANTS = (
    "Bramble", "Teasel", "Sedge", "Cowslip", "Willow", "Meadowsweet", "Bulrush", "Hawthorn", "Poppy", "Fritillary",
    "Alder", "Comfrey", "Yarrow", "Campion", "Clover", "Foxglove", "Iris", "Kingcup", "Larkspur", "Mallow",
)  # fmt: skip
INVENTED = ("Invented", "Madeup")

POSTCODES = (
    "CB2 1RT", "CB7 4EP", "PE29 3BE", "PE27 5RF", "PE19 2SB", "PE15 8TX", "PE13 1AS", "PE16 6EY", "PE26 1JF", "CB7 5FL",
    "SG8 6AN", "SG8 5LE", "CB22 3GT", "CB6 1PN", "CB24 8RS", "CB23 6HF", "SG8 6LX", "CB21 4HX", "CB24 9DE", "PE28 5SS",
)  # fmt: skip
"""In the middle of Cambridge, Ely, Huntingdon, St Ives, St Neots, March, Wisbech, Chatteris, Ramsey, Soham, and of villages."""

FORMS = (Form.SOLE_TRADER, Form.SOLE_TRADER, Form.SOLE_TRADER, Form.PARTNERSHIP, Form.COMPANY, Form.INTEREST_COMPANY)
HELPS = ("older_people", "dementia", "physical_disability", "sight_or_hearing", "learning_disability", "autism",
         "mental_health", "end_of_life", "carers")  # fmt: skip
LANGUAGES = ("pl", "lt", "pt", "ur", "bn", "bfi")


@dataclass(frozen=True, slots=True)
class Trade:
    """What some of them do: the last word of their name, the kinds of help, and what they say of it."""

    called: str
    kinds: tuple[str, ...]
    about: str
    drives: bool = False


TRADES = (
    Trade("Companions", ("companionship", "shopping", "days_out"),
          "We keep you company at home, shop with you, and go with you to the places you like.", drives=True),
    Trade("Home Help", ("domestic_help", "meals", "shopping"),
          "Cleaning, laundry and cooking, done the way you like it, by the same person each week."),
    Trade("Care at Home", ("personal_care", "medicines", "meals"),
          "Help with washing, dressing and meals, in the morning and in the evening."),
    Trade("Sitting Service", ("respite", "companionship"),
          "Somebody you know stays while the person who cares for you has a rest."),
    Trade("Nights", ("overnight", "personal_care"),
          "We sleep at your home, or stay awake through the night, so that your family can sleep."),
    Trade("Days Out", ("days_out", "transport"),
          "Trips to gardens, cafes, markets and the sea, with an accessible car.", drives=True),
    Trade("Gardeners", ("gardening",), "We look after gardens and pots with you, and walk your dog."),
    Trade("Makers", ("day_activities",), "A small group that meets for crafts, music and lunch, two days a week."),
    Trade("Letter Helpers", ("paperwork", "companionship"), "Help with letters, forms, bills and telephone calls."),
    Trade("Homecoming", ("after_hospital", "domestic_help", "shopping"),
          "We get your home ready, fetch what you need, and are there in the first weeks after hospital."),
)  # fmt: skip

WAITING, CHANGED, FULL = {6, 14, 23, 31, 38}, {9, 27}, {4, 12, 17, 25, 33}
DRAFT, REFUSED, WITHDRAWN, SUSPENDED, RUN_OUT = {16}, {20}, {36}, {11, 29}, {13, 34}
"""Which of them have not got further than so, or what has become of them; the rest are published and have space or say to ask."""

ASKED, WORRIED_ABOUT = {1, 3}, 11
ONE_SPEAKS_MORE, ONE_SAYS_ASK = 4, 5
"""One in so many speaks another language too; one in so many does not say whether there is space."""


def keep_directory(now: datetime, *, enterprises: int, editor: Account, drawn: Random) -> None:
    """Fill the directory with so many invented enterprises, 40 at most. A council without a directory gets none."""
    if not has_directory(settings.FARTHING_COUNCIL):
        return
    with _nothing_e_mailed():
        for number in range(1, min(enterprises, ENTERPRISES) + 1):
            _one(number, now, editor, drawn)


@contextmanager
def _nothing_e_mailed() -> Iterator[None]:
    """Nobody is invented enough to be written to."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before


def _one(number: int, now: datetime, editor: Account, drawn: Random) -> None:
    owner = Account.objects.create_person(OWNER if number == 1 else f"enterprise.{number:02d}@business.example")
    enterprise = entries.begin(owner, at=now)
    entry = _entry(number, drawn)
    version = _written(enterprise, entry, now)
    if number in DRAFT:
        return
    entries.hand_in(enterprise, by=owner, at=now)
    if number in REFUSED:
        editing.refuse(enterprise, reason="Please say more about how you help, and with whom.", by=editor, at=now)
    if number in WITHDRAWN:
        entries.withdraw(enterprise, reason="I have found other work.", by=owner, at=now)
    if number in WAITING | REFUSED | WITHDRAWN:
        return
    for kind in needed_checks(entry):
        _check(enterprise, kind, number, now, editor, drawn)
    editing.publish(enterprise, version, by=editor, at=now)
    if number % ONE_SAYS_ASK:
        entries.tell_space(enterprise, Space.FULL if number in FULL else Space.SPACE, by=owner, at=now)
    _what_became_of(enterprise, entry, number, now, editor)


def _what_became_of(enterprise: Enterprise, entry: Entry, number: int, now: datetime, editor: Account) -> None:
    today = day_of(now)
    if number in CHANGED:
        _written(enterprise, replace(entry, about=f"{entry.about} We have just learned to sign."), now)
    if number in ASKED:
        enquiry, _ = enquiries.ask(
            enterprise, name="Ada Imaginary", email=f"imaginary.{number:03d}@example.org",
            says="Could you come on Monday and Thursday mornings, from next month?", asked_from=f"invented {number}", at=now,
        )  # fmt: skip
        enquiries.say(enquiry, "Yes, I have space on both. Shall we meet first?", by_enterprise=True, at=now)
    if number == WORRIED_ABOUT:
        concerns.tell(
            enterprise, ConcernKind.COMPLAINT, says="They did not come on two days, and did not ring.",
            name="Robin Imaginary", asked_from="invented", at=now,
        )  # fmt: skip
    if number in SUSPENDED:
        editing.suspend(enterprise, reason="We are looking into what we were told.", by=editor, at=now)
    if number in RUN_OUT:
        seen_on, ran_out_on = today - timedelta(days=370), today - timedelta(days=5)
        editing.record_check(
            enterprise, CheckKind.INSURANCE, seen_on=seen_on, runs_out_on=ran_out_on, by=editor, at=now
        )


def _written(enterprise: Enterprise, entry: Entry, now: datetime) -> EntryVersion:
    assert enterprise.owner is not None
    return entries.write(enterprise, entry, by=enterprise.owner, at=now, version=enterprise.version)


def _check(enterprise: Enterprise, kind: CheckKind, number: int, now: datetime, editor: Account, drawn: Random) -> None:
    """One check seen some time ago: insurance holds for a year, what else runs out for three. One in two need not register."""
    seen_on = day_of(now) - timedelta(days=drawn.randrange(10, 340))
    years = {CheckKind.INSURANCE: 1, CheckKind.DBS: 3, CheckKind.TRAINING: 3}.get(kind, 0)
    need_not = kind == CheckKind.CQC and number % 2 == 0
    editing.record_check(
        enterprise,
        CheckKind.NO_CQC if need_not else kind,
        seen_on=seen_on,
        runs_out_on=seen_on + timedelta(days=365 * years) if years else None,
        number=f"INVENTED-{number:03d}" if kind in (CheckKind.INSURANCE, CheckKind.CQC) and not need_not else "",
        says="Works on their own for one person who directs the care" if need_not else "",
        by=editor,
        at=now,
    )


def _entry(number: int, drawn: Random) -> Entry:
    trade = TRADES[(number - 1) % len(TRADES)]
    plant, invented = PLANTS[(number - 1) % len(PLANTS)], INVENTED[(number - 1) // len(PLANTS)]
    opens, closes = drawn.choice((7, 8, 9)) * 60, drawn.choice((16, 18, 20)) * 60
    days = range(7) if drawn.random() < 0.3 else range(5)
    return Entry(
        name=f"{plant} {invented} {trade.called}",
        form=FORMS[number % len(FORMS)],
        about=f"{trade.about}\n\nThis enterprise is invented.",
        email=f"enterprise.{number:02d}@business.example",
        postcode=POSTCODES[(number * 7) % len(POSTCODES)],
        offers=tuple(_offer(kind, drawn) for kind in trade.kinds),
        phone=f"01632 961{number:03d}",
        shows_phone=number % 3 == 0,
        workers=1 + drawn.randrange(8) if number % len(FORMS) > 2 else 1,
        travels=drawn.choice((3, 5, 8, 10, 15)) * 1_609,
        hours=tuple(Hours(day, opens, closes) for day in days),
        helps=tuple(sorted(drawn.sample(HELPS, drawn.randrange(2, 6)), key=HELPS.index)),
        minimum_age=18,
        languages=("en", LANGUAGES[number % len(LANGUAGES)]) if number % ONE_SPEAKS_MORE == 0 else ("en",),
        drives=trade.drives or drawn.random() < 0.4,
        takes_direct_payments=number % 4 != 2,
        welcomes_self_funders=True,
    )


def _offer(kind: str, drawn: Random) -> Offer:
    if kind == "transport":
        return Offer(kind, 45, per=Per.MILE)
    if kind == "overnight":
        return Offer(kind, drawn.randrange(110, 160) * 100, per=Per.NIGHT, says="From 10pm to 7am")
    if kind == "day_activities":
        return Offer(kind, drawn.randrange(38, 55) * 100, per=Per.DAY, says="With lunch")
    pence = drawn.randrange(36, 60) * 50
    return Offer(kind, pence, pence + 200 if drawn.random() < 0.3 else None)
