"""The result of an estimate: a whole set of answers in the cookie of each of twenty people who ask for the page at once."""

from desk import AT_ONCE, AT_ONCE_TO_TRY, Ask, desk, served, timed_pages
from stopwatch import Row

SUBJECT = "The result page of an estimate, gunicorn with 2 workers, SQLite"
PATH = "/estimate/result"


def measure(quick: bool) -> list[Row]:
    """What the page takes the server, and how long the people wait for it."""
    with desk() as folder, served(folder, quick=quick) as server:
        asks = [[_ask(number)] for number in range(AT_ONCE_TO_TRY if quick else AT_ONCE)]
        return timed_pages(SUBJECT, "result", server, asks, quick=quick, limit=0.050)


def _ask(number: int) -> Ask:
    """The page of one person, each with other savings. Raises ``ValueError`` where something is left to ask."""
    from desk_people import every_answer
    from django.conf import settings
    from django.http import HttpResponse

    from farthing.base.money import shown
    from farthing.service import clock
    from farthing.service.public.estimate import device
    from farthing.service.questions.answers import Item
    from farthing.service.questions.pages import assessed

    savings = Item("bank_account", {"value": f"{14_000 + 61 * number}.00"}, is_done=True)
    answers = every_answer().with_item("capital", "i1", savings)
    assessment = assessed(answers, settings.FARTHING_COUNCIL, clock.today(), estimate=True)
    if assessment.still_to_ask:
        raise ValueError(f"the answers leave something to ask: {[each.field for each in assessment.still_to_ask]}")
    kept = HttpResponse()
    device.keep(kept, device.packed({"answers": answers.as_json()}))
    cookies = {name: morsel.value for name, morsel in kept.cookies.items() if morsel.value}
    return Ask(PATH, f"{shown(assessment.values['weekly_charge'])} a week", cookies)
