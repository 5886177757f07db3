"""A check that runs out: reminded of before, once each; hidden after, at once; and there exactly when it may be."""

from datetime import date, datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from farthing.base.refusal import Refusal
from farthing.service.audit.models import Event
from farthing.service.clock import day_of
from farthing.service.directory.listing import refresh
from farthing.service.directory.models import CheckKind, Enterprise, Feed, Listing, ListingTerm, Space, State
from farthing.service.directory.search import Wanted, search
from farthing.service.directory.selectors.shown import everything, shown
from farthing.service.directory.services import editing, entries
from farthing.service.directory.services.entries import keep
from farthing.service.directory.services.running_out import hide, remind
from farthing.service.jobs.due import everything_due
from tests.effort import tries
from tests.service.cases import AT, TODAY, person_account, undone
from tests.service.directory.invented import checked, editor, entry, latest, published, regulated, waiting

LAST_DAY = TODAY + timedelta(days=40)


def days_on(days: int) -> datetime:
    """The same time of the day, so many days after the tests begin."""
    return AT + timedelta(days=days)


@pytest.mark.django_db
def test_an_enterprise_is_shown_through_the_last_day_and_hidden_the_next_even_before_the_job_has_run():
    enterprise = published(until=LAST_DAY)
    assert shown(enterprise.key, today=LAST_DAY) is not None
    next_day = LAST_DAY + timedelta(days=1)
    assert Listing.objects.filter(pk=enterprise.pk).exists()
    assert shown(enterprise.key, today=next_day) is None and list(everything(today=next_day)) == []
    assert search(Wanted(), today=LAST_DAY).total == 1 and search(Wanted(), today=next_day).total == 0


@pytest.mark.django_db
def test_the_job_drops_the_listing_and_tells_copies_elsewhere_and_a_new_check_brings_it_back():
    enterprise, by = published(until=LAST_DAY), editor()
    assert hide(days_on(40)) == 0
    assert (hide(days_on(41)), hide(days_on(41))) == (1, 0)
    assert not Listing.objects.exists() and not ListingTerm.objects.exists()
    assert Enterprise.objects.get().changed_at == days_on(41)
    checked(enterprise, by=by, at=days_on(42), until=day_of(days_on(400)))
    assert shown(enterprise.key, today=day_of(days_on(42))) is not None


@pytest.mark.django_db
def test_a_reminder_goes_thirty_and_seven_days_before_once_each():
    published(until=LAST_DAY)
    sent = [day for day in range(45) if remind(days_on(day)) or remind(days_on(day))]
    assert sent == [10, 33]
    assert [each.subject for each in mail.outbox] == ["A check runs out soon"] * 2


@pytest.mark.django_db
def test_a_reminder_goes_to_the_owner_and_names_the_checks_and_the_day():
    owner = person_account()
    published(owner=owner, until=LAST_DAY)
    remind(days_on(10))
    assert mail.outbox[0].to == [owner.email]
    body = mail.outbox[0].body
    assert "Enhanced DBS check: holds until the end of 4 January 2027" in body and "Identity" not in body
    assert "/your-business/" in body and owner.email not in body


@pytest.mark.django_db
def test_reminders_missed_while_nothing_ran_go_as_one():
    published(until=LAST_DAY)
    assert [remind(days_on(day)) for day in (38, 39, 40, 41)] == [1, 0, 0, 0]


@pytest.mark.django_db
def test_a_renewed_check_is_reminded_of_again_in_its_turn():
    enterprise = published(until=LAST_DAY)
    assert remind(days_on(10)) == 1
    checked(enterprise, by=editor(), at=days_on(12), until=day_of(days_on(100)))
    assert [day for day in range(13, 101) if remind(days_on(day))] == [70, 93]


@pytest.mark.django_db
def test_a_reminder_that_could_not_be_sent_is_sent_the_next_time(monkeypatch: pytest.MonkeyPatch):
    published(until=LAST_DAY)

    def fails(*_: Any, **__: Any) -> None:
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr("farthing.service.directory.mail.send_mail", fails)
        assert remind(days_on(10)) == 0
    assert not Event.objects.filter(action="directory reminder sent").exists()
    assert remind(days_on(11)) == 1


@pytest.mark.django_db
def test_nobody_is_reminded_who_is_not_published_or_in_a_council_without_a_directory(settings: Any):
    by = editor()
    checked(waiting(), by=by, until=LAST_DAY)
    editing.suspend(published(by=by, until=LAST_DAY), reason="A concern.", by=by, at=AT)
    assert remind(days_on(10)) == 0
    published(by=by, until=LAST_DAY)
    settings.FARTHING_COUNCIL = "england"
    assert remind(days_on(10)) == 0


@pytest.mark.django_db
def test_an_enterprise_of_another_directory_is_shown_without_checks_of_ours():
    feed = Feed.objects.create(name="Elsewhere", url="https://elsewhere.example/")
    enterprise = Enterprise.objects.create(
        feed=feed, elsewhere_id="1", state=State.PUBLISHED, made_at=AT, changed_at=AT
    )
    enterprise.published = keep(enterprise, entry(), by="the service", at=AT)
    enterprise.save()
    refresh([enterprise], today=TODAY)
    found = shown(enterprise.key, today=date(2099, 1, 1))
    assert found is not None and found.feed == feed and found.checks == ()


@pytest.mark.django_db
def test_refreshing_twice_changes_nothing():
    enterprise = published()
    before = (list(Listing.objects.values()), set(ListingTerm.objects.values_list("listing", "term")))
    refresh([enterprise, enterprise], today=TODAY)
    assert before == (list(Listing.objects.values()), set(ListingTerm.objects.values_list("listing", "term")))


def test_what_comes_due_is_found_by_the_worker():
    names = {each.name.rpartition(".")[2] for each in everything_due() if "directory" in each.name}
    assert names >= {
        "hide_where_a_check_ran_out", "remind_of_checks", "send_waiting_concerns", "sweep_orphaned_proofs",
        "check_held_back_proofs",
    }  # fmt: skip


class Directory(RuleBasedStateMachine):
    """One enterprise, to which anything happens in any order. What is found is compared with what may be."""

    def __init__(self) -> None:
        super().__init__()
        self.undone_at_the_end = undone()
        self.undone_at_the_end.__enter__()

    def teardown(self) -> None:
        self.undone_at_the_end.__exit__(None, None, None)

    @initialize()
    def begun(self) -> None:
        self.owner, self.editor = person_account(), editor()
        self.at = AT
        self.enterprise = entries.begin(self.owner, at=self.at)
        self.state, self.has_entry, self.published_is_regulated = State.DRAFT, False, False
        self.newest_is_regulated = False
        self.unpublished = False
        self.holds: dict[CheckKind, date] = {}

    @property
    def today(self) -> date:
        return day_of(self.at)

    @rule(what=st.sampled_from([entry(), regulated(), entry(about="Other words"), entry(travels=1_000)]))
    def writes(self, what: Any) -> None:
        before = self.enterprise.entries.count()
        try:
            self.enterprise.refresh_from_db()
            entries.write(self.enterprise, what, by=self.owner, at=self.at, version=self.enterprise.version)
        except Refusal:
            assert self.state == State.WITHDRAWN
            return
        assert self.state != State.WITHDRAWN
        self.has_entry, self.newest_is_regulated = True, what.is_regulated
        if self.enterprise.entries.count() > before:
            self.unpublished = self.enterprise.published_id != latest(self.enterprise).pk
        assert self.published_is_regulated == self._is_regulated()

    @rule()
    def hands_in(self) -> None:
        self._tries(
            lambda: entries.hand_in(self.enterprise, by=self.owner, at=self.at),
            self.has_entry and self.state in (State.DRAFT, State.REFUSED, State.WAITING),
            State.WAITING,
        )

    @rule(kind=st.sampled_from(CheckKind), days=st.integers(0, 40))
    def a_check_is_recorded(self, kind: CheckKind, days: int) -> None:
        until = self.today + timedelta(days)
        editing.record_check(self.enterprise, kind, seen_on=self.today, runs_out_on=until, by=self.editor, at=self.at)
        self.holds[CheckKind.CQC if kind == CheckKind.NO_CQC else kind] = until

    @rule(days=st.integers(5, 40))
    def everything_is_checked(self, days: int) -> None:
        for kind in CheckKind:
            self.a_check_is_recorded(kind, days)

    @rule()
    def is_published(self) -> None:
        may = (
            self.has_entry
            and self.unpublished
            and self.state in (State.WAITING, State.PUBLISHED)
            and self._all_hold(self.newest_is_regulated)
        )
        entry = self.enterprise.entries.order_by("number").last()
        if entry is None:
            return
        self._tries(lambda: editing.publish(self.enterprise, entry, by=self.editor, at=self.at), may, State.PUBLISHED)
        if may:
            self.unpublished, self.published_is_regulated = False, self.newest_is_regulated

    @rule()
    def is_refused(self) -> None:
        may = self.state in (State.WAITING, State.PUBLISHED) and self.unpublished
        to = State.PUBLISHED if self.state == State.PUBLISHED else State.REFUSED
        self._tries(lambda: editing.refuse(self.enterprise, reason="No", by=self.editor, at=self.at), may, to)

    @rule()
    def is_suspended(self) -> None:
        self._tries(
            lambda: editing.suspend(self.enterprise, reason="No", by=self.editor, at=self.at),
            self.state == State.PUBLISHED,
            State.SUSPENDED,
        )

    @rule()
    def is_restored(self) -> None:
        self._tries(
            lambda: editing.restore(self.enterprise, reason="Yes", by=self.editor, at=self.at),
            self.state == State.SUSPENDED and self._all_hold(self.published_is_regulated),
            State.PUBLISHED,
        )

    @rule()
    def withdraws(self) -> None:
        self._tries(
            lambda: entries.withdraw(self.enterprise, reason="Enough", by=self.owner, at=self.at),
            self.state != State.WITHDRAWN,
            State.WITHDRAWN,
        )

    @rule(space=st.sampled_from(Space))
    def says_whether_there_is_space(self, space: Space) -> None:
        self._tries(
            lambda: entries.tell_space(self.enterprise, space, by=self.owner, at=self.at),
            self.state != State.WITHDRAWN,
            self.state,
        )

    @rule(days=st.integers(1, 20), job_runs=st.booleans())
    def days_pass(self, days: int, job_runs: bool) -> None:
        self.at += timedelta(days)
        if job_runs:
            hide(self.at)

    @invariant()
    def it_is_found_exactly_when_it_may_be(self) -> None:
        may_be = self.state == State.PUBLISHED and self._all_hold(self.published_is_regulated)
        assert Enterprise.objects.get(pk=self.enterprise.pk).state == self.state
        assert search(Wanted(), today=self.today).total == may_be
        assert (shown(self.enterprise.key, today=self.today) is not None) == may_be
        assert len(list(everything(today=self.today))) == may_be

    def _all_hold(self, is_regulated: bool) -> bool:
        needed = set(CheckKind) - {CheckKind.NO_CQC} - (set() if is_regulated else {CheckKind.CQC})
        return all(self.holds.get(kind, date.min) >= self.today for kind in needed)

    def _is_regulated(self) -> bool:
        self.enterprise.refresh_from_db()
        return self.enterprise.published is not None and any(
            each["kind"] == "personal_care" for each in self.enterprise.published.content["offers"]
        )

    def _tries(self, does: Any, may: bool, to: State) -> None:
        if not may:
            with pytest.raises(Refusal):
                does()
            return
        does()
        self.state = to


@pytest.mark.django_db
def test_an_enterprise_is_found_exactly_when_it_may_be_whatever_happens_to_it():
    run_state_machine_as_test(Directory, settings=settings(max_examples=tries(12), stateful_step_count=25))
