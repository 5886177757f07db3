"""An enterprise in full, in words: as its page and the shortlist show it."""

from farthing.service.directory.in_words import DAYS, FORMS, ages_in_words, price_in_words, times_in_words
from farthing.service.directory.languages import language_named
from farthing.service.directory.models import CheckKind
from farthing.service.directory.places import miles
from farthing.service.directory.selectors.shown import Shown
from farthing.service.directory.terms import kinds_of_help, people_helped
from farthing.service.public.directory.meaning import meant


def in_full(found: Shown) -> dict[str, object]:
    """What a page is handed of an enterprise."""
    entry, kinds, people = found.entry, kinds_of_help(), people_helped()
    kinds_checked = {CheckKind(each.kind) for each in found.checks}
    return {
        "shown": found,
        "enterprise": found.enterprise,
        "entry": entry,
        "form_of_business": FORMS[entry.form] if entry.form else "",
        "reach": _reach(found),
        "offers": [(kinds[each.kind], price_in_words(each), each.says) for each in entry.offers if each.kind in kinds],
        "hours": [
            (name, times_in_words(on_day))
            for number, name in enumerate(DAYS)
            if (on_day := [each for each in entry.hours if each.day == number])
        ],
        "helps": [people[each].name for each in entry.helps if each in people],
        "ages": ages_in_words(entry),
        "languages": [language_named(each) for each in entry.languages],
        "checks": [meant(each) for each in found.checks],
        "is_registered": CheckKind.CQC in kinds_checked,
        "website": entry.website if entry.website.startswith(("https://", "http://")) else "",
        "can_be_asked": found.enterprise.owner_id is not None,
    }


def _reach(found: Shown) -> str:
    travels = found.entry.travels
    if travels is None:
        return f"In or near {found.place}"
    return f"Up to {miles(travels)} from {found.place}" if travels else f"At {found.place} only"
