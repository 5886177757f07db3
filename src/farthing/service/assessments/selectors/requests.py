"""What somebody's account may see: the requests, messages, decisions and letters of those they act for, and no others.

Whoever states an authority may fill in, send and follow what they made themselves. What the council decides and writes,
and what others made, is theirs to see once the council has seen proof.
"""

from django.db.models import Count, Q, QuerySet

from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest, Decision, Kind, Message, State
from farthing.service.assessments.selectors.facts import known_of
from farthing.service.correspondence.models import Letter
from farthing.service.correspondence.selectors import letters_of
from farthing.service.people.models import Authority, Person, Representation
from farthing.service.questions.answers import Answers


def acting_for(account: Account, reference: str) -> Representation | None:
    """By what right an account acts for the person of a reference; None where it does not, or there is no such person."""
    found = account.representations.filter(person__reference=reference, ended_at=None)
    return found.select_related("person").first()


def request_of(account: Account, reference: str) -> AssessmentRequest | None:
    """A request that an account may see."""
    return _seen_by(account).filter(reference=reference).first()


def draft_of(account: Account, reference: str) -> AssessmentRequest | None:
    """A draft that an account itself is filling in."""
    return _seen_by(account).filter(reference=reference, state=State.DRAFT, made_by=account).first()


def draft_to_change(account: Account, reference: str) -> AssessmentRequest | None:
    """The same, held until the transaction ends, so that of two tabs one waits for the other and nothing is lost."""
    mine = (
        AssessmentRequest.objects.select_for_update().filter(reference=reference, made_by=account).values("pk").first()
    )
    return draft_of(account, reference) if mine else None


def drafts_of(account: Account) -> list[AssessmentRequest]:
    """The drafts an account is filling in, the newest first."""
    return list(_seen_by(account).filter(state=State.DRAFT, made_by=account).order_by("-id"))


def draft_for(account: Account, person: Person, kind: Kind) -> AssessmentRequest | None:
    """The draft of a kind that an account has begun for a person already."""
    return _seen_by(account).filter(state=State.DRAFT, made_by=account, person=person, kind=kind).first()


def draft_named(account: Account, given_name: str, family_name: str, authority: Authority) -> AssessmentRequest | None:
    """The draft of an application that an account has begun already for somebody of that name, by that right."""
    named = {"person__given_name": given_name, "person__family_name": family_name, "acting_as__authority": authority}
    found = _seen_by(account).filter(state=State.DRAFT, made_by=account, kind=Kind.APPLICATION, **named)
    return found.first()


def answers_known_to(representation: Representation) -> Answers:
    """What is known of a person, as answers to begin with: what stands on file for somebody whose authority is proved.

    Somebody whose authority is not proved sees only what they told themselves.
    """
    about = "you" if representation.authority == Authority.SELF else "them"
    if representation.is_proved:
        return known_of(representation.person).as_answers(about)
    told = AssessmentRequest.objects.filter(person=representation.person, made_by=representation.account)
    last = told.exclude(state=State.DRAFT).order_by("-received_at").first()
    return Answers.from_json(last.answers) if last else Answers(about=about)


def sent_requests(account: Account, person: Person | None = None) -> list[AssessmentRequest]:
    """What was sent to the council and an account may see, the newest first, with how many ``messages_unread`` each has."""
    found = _seen_by(account).exclude(state=State.DRAFT)
    if person is not None:
        found = found.filter(person=person)
    unread = Count("messages", filter=Q(messages__from_council=True, messages__read_at=None))
    return list(found.annotate(messages_unread=unread).order_by("-received_at", "-id"))


def messages_on(request: AssessmentRequest) -> list[Message]:
    """The messages about a request, the oldest first."""
    return list(request.messages.order_by("id"))


def decision_of(account: Account, reference: str) -> Decision | None:
    """A decision that an account may see, with all that is sealed in it."""
    found = Decision.objects.filter(_proved(account), reference=reference)
    return found.select_related("person", "request", "supersedes", "superseded_by").first()


def decision_on(account: Account, request: AssessmentRequest) -> Decision | None:
    """The decision that answers a request, where an account may see it."""
    return Decision.objects.filter(_proved(account), request=request).defer("sealed").first()


def decisions_about(representation: Representation) -> list[Decision]:
    """The decisions about a person, the newest first; none before the council has seen proof of the authority."""
    if not representation.is_proved:
        return []
    found = Decision.objects.filter(person=representation.person).defer("sealed")
    return list(found.select_related("request", "superseded_by").order_by("-sealed_at", "-id"))


def letters_about(representation: Representation) -> list[Letter]:
    """The letters to a person with what became of each, the newest first; none before proof of the authority was seen."""
    return letters_of(representation.person) if representation.is_proved else []


def letter_of(account: Account, reference: str) -> Letter | None:
    """A letter that an account may see."""
    return Letter.objects.filter(_proved(account), reference=reference).select_related("person").first()


def review_open(decision: Decision) -> AssessmentRequest | None:
    """The review of a decision that was asked for and is not ended."""
    return decision.reviews.exclude(state__in=(State.DRAFT, State.WITHDRAWN)).order_by("id").first()


def _seen_by(account: Account) -> QuerySet[AssessmentRequest]:
    """Those an account made for somebody it acts for, and of those it has proved to act for every one that was sent."""
    acts_for = Q(person__representations__account=account, person__representations__ended_at=None)
    found = AssessmentRequest.objects.filter(acts_for).select_related("person", "acting_as", "about_decision")
    return found.filter(Q(made_by=account) | (_proved(account) & ~Q(state=State.DRAFT))).distinct()


def _proved(account: Account) -> Q:
    live = account.representations.filter(ended_at=None)
    proved = live.filter(Q(authority=Authority.SELF) | ~Q(proof_seen_at=None))
    return Q(person__in=proved.values("person"))
