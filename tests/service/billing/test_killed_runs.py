"""A billing run killed at a hundred instants and run again ends as one that nobody disturbed, on a database of its own."""

import random
import signal
from itertools import cycle, takewhile

import pytest

from tests.effort import tries

pytestmark = pytest.mark.slow

KILLS = tries(100)
PERIODS = (1, 2, 3)
MOST_STATEMENTS, MOST_SECONDS = 90, 0.4

PEOPLE = """
from tests.service.billing.invented import *
from farthing.service.access.services import make_staff
from farthing.service.audit.services import THE_SERVICE
clerk, officer = [make_staff(f"{role}@council.example", f"{role} Invented", [role], by=THE_SERVICE, at=after(0),
                             password="a long invented password") for role in (Role.FINANCE, Role.OFFICER)]
for number in range(20):
    somebody(by=officer, weekly=None if number % 7 == 3 else 5_000 + 137 * number, starts=FIRST_DAY + timedelta(number % 9))
"""
"""Twenty people, some of whom pay the full cost."""

BETWEEN = """
from tests.service.billing.invented import *
from farthing.service.care import services as care
from farthing.service.care.models import StopReason
from farthing.service.people.services import record_death
officer = Account.objects.get(email="officer@council.example")
people = list(Person.objects.order_by("pk"))
for person in people[PERIOD::4]:
    decided_to_pay(person, 4_000 + person.pk, FIRST_DAY + timedelta(28 * PERIOD - 13), by=officer, at=after(PERIOD))
care.stop_care(people[PERIOD], StopReason.HOSPITAL, first=FIRST_DAY + timedelta(28 * PERIOD - 9),
               last=FIRST_DAY + timedelta(28 * PERIOD - 3), by=officer, at=after(PERIOD))
record_death(people[-PERIOD], FIRST_DAY + timedelta(28 * PERIOD - 6), by=officer, at=after(PERIOD),
             today=after(PERIOD).date(), version=people[-PERIOD].version)
"""
"""What changes after a period was billed: decisions and a hospital stay in the past, a death."""

RUN = """
from tests.service.billing.invented import *
from farthing.service.ledger import runs
from farthing.service.ledger.runs import RunState
runs.DRAFTED_AT_ONCE, runs.RELEASED_AT_ONCE = 6, 3
PLACE
clerk, at = Account.objects.get(email="finance@council.example"), after(PERIOD)
run = BillingRun.objects.filter(period=PERIOD).first() or begin_run_here(PERIOD, by=clerk, at=at)
nobody_waits = lambda done, total: None
if run.state == RunState.DRAFTING:
    draft(run, now=lambda: at, advance=nobody_waits)
if run.state == RunState.REVIEW:
    release_run_here(run, by=clerk, at=at)
release(run, now=lambda: at, advance=nobody_waits)
tell(run.state)
"""

DIES_AT_STATEMENT = """
from django.db import connection
left = [NUMBER]
def dies(execute, sql, params, many, context):
    left[0] -= 1
    if left[0] == 0 and BEFORE: die()
    done = execute(sql, params, many, context)
    if left[0] == 0: die()
    return done
connection.execute_wrappers.append(dies)
"""

BEGIN = """
from farthing.base.refusal import Refusal
from tests.service.billing.invented import *
try:
    begin_run_here(PERIOD, by=Account.objects.get(email="finance@council.example"), at=after(PERIOD))
    tell("begun")
except Refusal:
    tell("refused")
"""

FILLS_UP = """
from django.db import OperationalError, connection
left = [NUMBER]
def fills_up(execute, sql, params, many, context):
    left[0] -= 1
    if left[0] > 0 or not sql.startswith(("INSERT", "UPDATE")):
        return execute(sql, params, many, context)
    if connection.vendor == "sqlite":
        pages = connection.connection.execute("PRAGMA page_count").fetchone()[0]
        connection.connection.execute(f"PRAGMA max_page_count={pages}")
        connection.connection.execute("CREATE TABLE filler AS SELECT zeroblob(50000000)")
    raise OperationalError("could not extend file: No space left on device")
connection.execute_wrappers.append(fills_up)
"""
"""The disk is full from a statement on. PostgreSQL's own disk cannot be filled here, so its error is raised in its place."""

ALL_THERE_IS = """
from farthing.service.audit.models import Event
from farthing.service.audit.selectors import verify
from farthing.service.billing.models import BillingAccount, Paper, RunLine
from farthing.service.correspondence.models import Delivery, Letter
from farthing.service.ledger.models import LedgerEntry
from farthing.service.ledger.selectors import trial_balance
tell({
    "papers": list(Paper.objects.order_by("kind", "number").values_list(
        "kind", "number", "person", "total", "earlier", "mirrors__number", "first_period", "last_period")),
    "entries": sorted(LedgerEntry.objects.values_list("person", "reason", "first", "last", "of", "amount", "comes_from")),
    "lines": sorted(RunLine.objects.values_list("run__period", "person", "state", "total")),
    "accounts": sorted(BillingAccount.objects.values_list("person", "billed_until", "seen_change", "died_on")),
    "letters": sorted(Letter.objects.values_list("cause", "name")),
    "deliveries": Delivery.objects.count(),
    "told": sorted(Event.objects.filter(action__contains="issued").values_list("action", "details__paper")),
    "balance": sum(trial_balance().values()),
    "broken": verify(),
})
"""


def of(script, period, place=""):
    return script.replace("PERIOD", str(period)).replace("PLACE", place)


def killed_by_itself(own, period, chance):
    """Run until a statement of the run's own at which it dies; give whether it came to it."""
    told = {"NUMBER": str(chance.randint(1, MOST_STATEMENTS)), "BEFORE": str(chance.random() < 0.5)}
    place = DIES_AT_STATEMENT
    for name, value in told.items():
        place = place.replace(name, value)
    process = own.start(of(RUN, period, place))
    process.communicate()
    return process.returncode == -signal.SIGKILL


def killed_from_outside(own, period, chance):
    """Run for some time and kill it, wherever it is; give whether it was still at it."""
    process = own.start(of(RUN, period))
    process.poll(chance.random() * MOST_SECONDS)
    process.kill()
    process.communicate()
    return process.returncode == -signal.SIGKILL


def until_it_ended(own, period, chance):
    """Run and kill it, again and again, until one came to its end; give how many did not."""
    ways = cycle([killed_by_itself, killed_from_outside, killed_by_itself])
    return sum(1 for _ in takewhile(lambda kill: kill(own, period, chance), ways))


@pytest.fixture(scope="module")
def expected(databases, tmp_path_factory):
    """All there is after every period was billed with nobody to disturb it."""
    with databases.own(tmp_path_factory.mktemp("undisturbed"), PEOPLE) as own:
        for period in PERIODS:
            assert own.run(of(RUN, period)) == "released"
            own.run(of(BETWEEN, period))
        return own.run(ALL_THERE_IS)


def test_undisturbed_the_books_balance_and_no_number_is_missing(expected):
    for kind in ("invoice", "credit_note"):
        numbers = [paper[1] for paper in expected["papers"] if paper[0] == kind]
        assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) > 5
    assert (expected["balance"], expected["broken"]) == (0, None)
    assert expected["deliveries"] == len(expected["letters"]) == len(expected["papers"]) == len(expected["told"])


def test_a_run_killed_at_a_hundred_instants_ends_as_one_that_was_not(databases, tmp_path, expected):
    chance, kills = random.Random(20261126), 0
    while kills < KILLS:
        with databases.own(tmp_path / f"killed-{kills}", PEOPLE) as own:
            for period in PERIODS:
                kills += until_it_ended(own, period, chance) + killed_by_itself(own, period, chance)
                assert own.run(of(RUN, period)) == "released"
                own.run(of(BETWEEN, period))
            assert own.run(ALL_THERE_IS) == expected


def test_three_who_release_one_run_at_once_issue_each_paper_once(databases, tmp_path, expected):
    with databases.own(tmp_path, PEOPLE) as own:
        for period in PERIODS:
            own.run(of(RUN, period, "release = lambda *given, **named: None"))
            workers = [own.start(of(RUN, period)) for _ in range(3)]
            for worker in workers:
                _, trouble = worker.communicate()
                assert worker.returncode == 0, trouble
            own.run(of(BETWEEN, period))
        assert own.run(ALL_THERE_IS) == expected


def test_of_two_who_begin_a_run_at_once_one_is_refused(databases, tmp_path):
    with databases.own(tmp_path, PEOPLE) as own:
        begun = [own.start(of(BEGIN, 1)) for _ in range(2)]
        assert sorted(process.communicate()[0].strip() for process in begun) == ['"begun"', '"refused"']


def test_a_disk_that_fills_stops_a_run_which_goes_on_once_there_is_room(databases, tmp_path, expected):
    with databases.own(tmp_path, PEOPLE) as own:
        for period in PERIODS:
            for statement in (5, 31, 57):
                trouble = own.start(of(RUN, period, FILLS_UP.replace("NUMBER", str(statement)))).communicate()[1]
                assert "full" in trouble or "No space left" in trouble
            assert own.run(of(RUN, period)) == "released"
            own.run(of(BETWEEN, period))
        assert own.run(ALL_THERE_IS) == expected
