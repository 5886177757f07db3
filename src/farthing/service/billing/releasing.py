"""Releasing a run: papers numbered and sealed, postings, letters and accounts, a chunk of people in one transaction.

Stopped at any instant and run again it goes on with the next chunk: a number, its paper, its postings and its letter are
all there, or none of them is.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from farthing.councils.billing import Billing
from farthing.ledger.charge import Charge
from farthing.ledger.posting import Entry as Posting
from farthing.ledger.posting import Reason, differences, should_be
from farthing.service.audit.services import Entry, record_many
from farthing.service.billing.drafting import charges_of
from farthing.service.billing.kept import as_kept, to_keep
from farthing.service.billing.letter_fields import credit_note_fields, invoice_fields
from farthing.service.billing.models import (
    BillingAccount,
    BillingRun,
    Hold,
    LineState,
    Paper,
    PaperKind,
    PaperNumber,
    RunLine,
)
from farthing.service.correspondence.services import ToWrite, write_and_send_many
from farthing.service.jobs.services import Advance
from farthing.service.ledger import runs
from farthing.service.ledger.charges import policy
from farthing.service.ledger.seen import keep_seen, newest_of
from farthing.service.ledger.selectors import balances_of
from farthing.service.ledger.services import post
from farthing.service.people.models import LetterForm, Person

TO_RELEASE = Q(state=LineState.READY) | Q(state=LineState.APPROVAL, approved_at__isnull=False)


def release(run: BillingRun, *, now: Callable[[], datetime], advance: Advance) -> None:
    """Release what is not released yet of a run. Done again, it goes on where it was stopped, and issues nothing twice."""
    rules = policy()
    runs.release(
        run,
        run.lines.filter(TO_RELEASE).select_related("person"),
        lambda standing, lines, at: _Chunk(standing, rules, at).release(lines),
        now=now,
        advance=advance,
    )


@dataclass(frozen=True, slots=True)
class _Issued:
    """A line with the papers it becomes: credit notes beside the invoices they mirror, and perhaps an invoice."""

    line: RunLine
    charges: Mapping[int, Charge]
    credited: Sequence[tuple[Paper, Paper]]
    invoice: Paper | None


class _Chunk:
    """The people released in one transaction."""

    def __init__(self, run: BillingRun, rules: Billing, at: datetime):
        self._run, self._rules, self._at = run, rules, at
        self._by = run.releaser

    def release(self, lines: Sequence[RunLine]) -> Sequence[RunLine]:
        """Issue what lines say, but for people on hold by now, and for those of whom more is known by now."""
        going = self._still_right(lines)
        accounts = self._accounts(going)
        issued = self._papers(going)
        self._post(issued)
        self._write(issued, accounts)
        self._tell(issued)
        return going

    def _still_right(self, lines: Sequence[RunLine]) -> list[RunLine]:
        people = [line.person for line in lines]
        held = set(Hold.objects.filter(person__in=people, ended_at=None).values_list("person", flat=True))
        newest = newest_of(people)
        for line in lines:
            known = (*newest[line.person_id], line.person.died_on)
            if known != (line.seen_change, line.seen_decision, line.died_on):
                line.state = LineState.CHANGED
            elif line.person_id in held:
                line.state = LineState.HELD
        return [line for line in lines if line.state in (LineState.READY, LineState.APPROVAL)]

    def _accounts(self, lines: Sequence[RunLine]) -> dict[int, BillingAccount]:
        keep_seen(BillingAccount, lines, until="billed_until", period=self._run.period)
        kept = BillingAccount.objects.filter(person__in=[line.person for line in lines])
        return {account.person_id: account for account in kept}

    def _papers(self, lines: Sequence[RunLine]) -> list[_Issued]:
        wanted = {key for line in lines for key in line.drafted.get("mirrored", ())}
        mirrored = {paper.pk: paper for paper in Paper.objects.filter(pk__in=wanted)}
        charged = {line.pk: charges_of(line) for line in lines}
        invoiced = [line for line in lines if any(each.invoiced for each in charged[line.pk].values())]
        numbers = self._numbers(Counter({PaperKind.CREDIT_NOTE: len(mirrored), PaperKind.INVOICE: len(invoiced)}))
        balances = balances_of([line.person for line in lines])
        new, found = list[Paper](), list[_Issued]()
        for line in lines:
            said = {"person": line.person, "run": self._run, "issued_on": self._run.issued_on, "says": line.says,
                    "earlier": balances[line.person_id]}  # fmt: skip
            credited = []
            for key in line.drafted.get("mirrored", ()):
                taken_back = mirrored[key]
                note = Paper(
                    kind=PaperKind.CREDIT_NOTE, number=next(numbers[PaperKind.CREDIT_NOTE]), mirrors=taken_back,
                    first_period=taken_back.first_period, last_period=taken_back.last_period, charges=taken_back.charges,
                    total=-taken_back.total, **said,
                )  # fmt: skip
                credited.append((note, taken_back))
            invoice, charges = None, charged[line.pk]
            if any(each.invoiced for each in charges.values()):
                invoice = Paper(
                    kind=PaperKind.INVOICE, number=next(numbers[PaperKind.INVOICE]), first_period=min(charges),
                    last_period=max(charges), charges=to_keep(charges), instalments=line.instalments,
                    total=sum(each.invoiced for each in charges.values()),
                    due_on=self._run.issued_on + timedelta(self._rules.days_to_pay), **said,
                )  # fmt: skip
            new += [*(note for note, _ in credited), *([invoice] if invoice else [])]
            found.append(_Issued(line, charges, credited, invoice))
        Paper.objects.bulk_create(new)
        return found

    def _numbers(self, wanted: Mapping[PaperKind, int]) -> dict[PaperKind, Iterator[int]]:
        """The next numbers of each kind. The counter is held until the transaction ends, so none is given twice or lost."""
        found = {}
        for kind, count in sorted(wanted.items()):
            PaperNumber.objects.get_or_create(kind=kind)
            counter = PaperNumber.objects.select_for_update().get(kind=kind)
            found[kind] = iter(range(counter.last + 1, counter.last + count + 1))
            counter.last += count
            counter.save(update_fields=["last"])
        return found

    def _post(self, issued: Sequence[_Issued]) -> None:
        people = {each.line.person.reference: each.line.person_id for each in issued}
        post((entry for each in issued for entry in _postings(each)), people, at=self._at, by=self._by)

    def _write(self, issued: Sequence[_Issued], accounts: Mapping[int, BillingAccount]) -> None:
        wanted = []
        for each in issued:
            person = each.line.person
            for note, taken_back in each.credited:
                fields = credit_note_fields(note, as_kept(note.charges), taken_back, each.invoice, each.line.says)
                wanted.append(ToWrite("credit_note", person, note.letter_cause, fields, _form(person)))
            if each.invoice:
                notes = [note for note, _ in each.credited]
                fields = invoice_fields(each.invoice, each.charges, accounts[person.pk], notes, self._rules)
                wanted.append(ToWrite("invoice", person, each.invoice.letter_cause, fields, _form(person)))
        write_and_send_many(wanted, at=self._at, by=self._by)

    def _tell(self, issued: Sequence[_Issued]) -> None:
        told = []
        for each in issued:
            about = each.line.person.reference
            told += [
                Entry("credit note issued", self._by, self._at, about, {"paper": note.name, "mirrors": taken_back.name})
                for note, taken_back in each.credited
            ]
            if each.invoice:
                told.append(Entry("invoice issued", self._by, self._at, about, {"paper": each.invoice.name}))
        record_many(told)


def _postings(issued: _Issued) -> Iterator[tuple[Posting, str]]:
    """The entries of each paper: an invoice posts what it charges, a credit note posts the same back."""
    person = issued.line.person.reference
    for note, taken_back in issued.credited:
        for entry in differences({}, _contributions(person, as_kept(taken_back.charges))):
            yield entry, note.name
    if issued.invoice:
        for entry in differences(_contributions(person, issued.charges), {}):
            yield entry, issued.invoice.name


def _contributions(person: str, charges: Mapping[int, Charge]) -> dict:
    should = should_be(person, charges.values())
    return {key: amount for key, amount in should.items() if key.reason is Reason.CONTRIBUTION}


def _form(person: Person) -> str:
    """Easy read there is none of an invoice: it is sent in large print."""
    return LetterForm.STANDARD if person.letters_as == LetterForm.STANDARD else LetterForm.LARGE_PRINT
