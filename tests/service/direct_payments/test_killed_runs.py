"""A payment run killed at its worst instants and run again ends as one nobody disturbed, to the last byte of its file."""

import signal

import pytest

from tests.effort import tries

pytestmark = pytest.mark.slow

PERIODS = (1, 2)
NEXT = 9 // tries(3)
"""How many statements later it dies the next time."""

PEOPLE = """
from tests.service.direct_payments.invented import *
from farthing.service.access.services import make_staff
from farthing.service.audit.services import THE_SERVICE
clerk, officer, manager = [
    make_staff(f"{role}@council.example", f"{role} Invented", [role], by=THE_SERVICE, at=AGREED_AT,
               password="a long invented password") for role in (Role.FINANCE, Role.OFFICER, Role.MANAGER)]
for number in range(8):
    starts = FIRST_DAY + timedelta(number % 9)
    person = somebody(by=officer, weekly=137 * number, starts=starts)
    agreed(person, by=officer, checker=None if number == 5 else clerk, starts_on=starts)
"""
"""Eight people, one of whom has no account that was checked."""

BETWEEN = """
from tests.service.direct_payments.invented import *
from farthing.service.people.services import record_death
officer = Account.objects.get(email="officer@council.example")
people = list(Person.objects.order_by("pk"))
for person in people[PERIOD::3]:
    decided_to_pay(person, 1_000 + person.pk, day(PERIOD, 9), by=officer, at=before(PERIOD + 1))
agreements.pause(people[PERIOD].direct_payment_agreements.get(), since=day(PERIOD, 11), reason=REASON, by=officer,
                 at=before(PERIOD + 1))
record_death(people[-PERIOD], day(PERIOD, 6), by=officer, at=before(PERIOD + 1), today=before(PERIOD + 1).date(),
             version=people[-PERIOD].version)
"""
"""What changes after a period was paid: decisions in the past, a pause, a death."""

RUN = """
from tests.service.direct_payments.invented import *
from django.conf import settings
from farthing.service.direct_payments import files, releasing
from farthing.service.direct_payments.models import *
from farthing.service.ledger import runs as any_runs
from farthing.service.ledger.runs import RunState
settings.PAYS_FROM = dict(PAYS_FROM)
any_runs.DRAFTED_AT_ONCE, any_runs.RELEASED_AT_ONCE = 5, 3
nobody_waits = lambda done, total: None
PLACE
clerk, manager = [Account.objects.get(email=f"{role}@council.example") for role in ("finance", "manager")]
at = before(PERIOD)
run = PaymentRun.objects.filter(period=PERIOD).first() or runs.begin_run_here(PERIOD, by=clerk, at=at)
if run.state == RunState.DRAFTING:
    draft(run, now=lambda: at, advance=nobody_waits)
if run.state == RunState.REVIEW:
    runs.release_run_here(run, by=manager, at=at)
release(run, now=lambda: at, advance=nobody_waits)
tell(run.state)
"""

WORST = {
    "once a chunk is drafted": "nobody_waits = lambda done, total: die()",
    "between the payments and their postings": "releasing.post = die",
    "between the postings and what they were of": "releasing.keep_seen = die",
    "before a chunk is told to the audit": "releasing.record_many = die",
    "before the file is made": "files.make = die",
    "once the file is made, before the run is closed": "PaymentRun.save = die",
    "once the run is closed, before the file is in its place": "files.put_in_place = die",
    "with half of the file written": """
open_whole = os.fdopen
class CutOff:
    def __init__(self, opened): self.opened = opened
    def __enter__(self): return self
    def __exit__(self, *given): pass
    def write(self, content):
        self.opened.write(content[: len(content) // 2]); self.opened.flush(); die()
files.os.fdopen = lambda *given: CutOff(open_whole(*given))""",
    "once the file is written, before it is in its place": "files.Path.replace = die",
}
"""The worst instants for a run to die at, and how it comes to."""

DIES_AT_STATEMENT = """
from django.db import connection
left = [NUMBER]
def dies(execute, sql, params, many, context):
    left[0] -= 1
    done = execute(sql, params, many, context)
    if left[0] == 0: die()
    return done
connection.execute_wrappers.append(dies)
"""

ALL_THERE_IS = """
from django.conf import settings
from farthing.service.audit.models import Event
from farthing.service.audit.selectors import verify
from farthing.service.direct_payments.models import *
from farthing.service.ledger.models import LedgerEntry
from farthing.service.ledger.selectors import trial_balance
tell({
    "runs": list(PaymentRun.objects.order_by("number").values_list("number", "state", "made_on", "pays_on")),
    "lines": sorted(RunLine.objects.values_list("run__number", "person", "state", "left_out", "posts", "pays")),
    "payments": list(Payment.objects.order_by("reference").values_list("reference", "person", "amount")),
    "kept": [bytes(each.content).decode() for each in PaymentFile.objects.order_by("run__number")],
    "in place": {each.name: each.read_bytes().decode() for each in sorted((settings.DATA / "payment-files").iterdir())},
    "totals": list(PaymentFile.objects.order_by("run__number").values_list("total", flat=True)),
    "entries": sorted(LedgerEntry.objects.values_list("person", "reason", "first", "last", "of", "amount", "comes_from")),
    "accounts": sorted(PaymentAccount.objects.values_list("person", "paid_until", "seen_change", "died_on")),
    "told": sorted(Event.objects.filter(action="direct payment made").values_list("details__payment", flat=True)),
    "files told": Event.objects.filter(action="payment file made").count(),
    "balance": sum(trial_balance().values()),
    "broken": verify(),
})
"""

BEGIN = """
from farthing.base.refusal import Refusal
from tests.service.direct_payments.invented import *
try:
    runs.begin_run_here(1, by=Account.objects.get(email="finance@council.example"), at=before(1))
    tell("begun")
except Refusal:
    tell("refused")
"""


def of(script, period, place=""):
    return script.replace("PERIOD", str(period)).replace("PLACE", place)


@pytest.fixture(scope="module")
def expected(databases, tmp_path_factory):
    """All there is after every period was paid with nobody to disturb it."""
    with databases.own(tmp_path_factory.mktemp("undisturbed"), PEOPLE) as own:
        for period in PERIODS:
            assert own.run(of(RUN, period)) == "released"
            own.run(of(BETWEEN, period))
        return own.run(ALL_THERE_IS)


def test_undisturbed_each_payment_is_told_kept_and_posted_once(expected):
    assert len(expected["payments"]) == len(expected["told"]) > 10
    paid_out = [entry for entry in expected["entries"] if entry[1] == "paid_out"]
    assert sorted(entry[4] for entry in paid_out) == [reference for reference, _, _ in expected["payments"]]
    assert sum(expected["totals"]) == sum(entry[5] for entry in paid_out) > 0
    assert list(expected["in place"].values()) == expected["kept"] and expected["files told"] == len(PERIODS)
    assert (expected["balance"], expected["broken"]) == (0, None)


@pytest.mark.parametrize("instant", WORST)
def test_a_run_killed_at_its_worst_instant_ends_in_the_same_state_and_the_same_bytes(
    databases, tmp_path, expected, instant
):
    with databases.own(tmp_path, PEOPLE) as own:
        for period in PERIODS:
            own.run(of(RUN, period, WORST[instant]), ends=-signal.SIGKILL)
            assert own.run(of(RUN, period)) == "released"
            own.run(of(BETWEEN, period))
        assert own.run(ALL_THERE_IS) == expected


def test_a_run_killed_at_one_statement_after_another_ends_as_one_that_was_not(databases, tmp_path, expected):
    with databases.own(tmp_path, PEOPLE) as own:
        for period in PERIODS:
            statement, kills = 1 + period, 0
            while True:
                process = own.start(of(RUN, period, DIES_AT_STATEMENT.replace("NUMBER", str(statement))))
                process.communicate()
                if process.returncode != -signal.SIGKILL:
                    break
                statement, kills = statement + NEXT, kills + 1
            assert kills > 30 / NEXT
            assert own.run(of(RUN, period)) == "released"
            own.run(of(BETWEEN, period))
        assert own.run(ALL_THERE_IS) == expected


def test_three_who_release_one_run_at_once_pay_everybody_once(databases, tmp_path, expected):
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
        begun = [own.start(BEGIN) for _ in range(2)]
        assert sorted(process.communicate()[0].strip() for process in begun) == ['"begun"', '"refused"']
