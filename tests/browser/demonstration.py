"""The invented caseload that the page walk goes through: smaller than a demonstration's, with every kind of case in it."""

import json
from importlib import import_module

PEOPLE = 60


def make() -> None:
    """Load the caseload into the database of this process's data folder."""
    from farthing.service import clock
    from farthing.service.demonstration.loading import load

    load(clock.now(), people=PEOPLE)


def print_sessions() -> None:
    """Sign people in, and print the session of each: of staff by role, and of people by how far they are.

    "person" has a decision and a bill, "applicant" a draft of an application, "sender" papers that nobody has looked at,
    "business" an enterprise that is listed and was asked something, "unlisted" one that was not accepted. The rest are
    addresses: "case" of one with a departure, "papers" of those papers, "draft" of a decision not made yet, "billed" of
    somebody's bills, "stopped" of care that stopped, "untold" of care that nobody was told the cost of.
    """
    from django.db.models import Q

    from farthing.service.access.models import Account, Role
    from farthing.service.access.second_factors import device_of
    from farthing.service.assessments.models import AssessmentRequest, Decision, DecisionDraft, Departure, Evidence
    from farthing.service.billing.models import Paper
    from farthing.service.care.models import Service, Stop
    from farthing.service.directory.models import Enterprise
    from farthing.service.people.models import Authority

    found = {}
    for role in Role:
        account = Account.objects.filter(granted_roles__role=role).order_by("pk").first()
        found[str(role)] = _session(account, device_of(account))
    may_read = Q(request__acting_as__authority=Authority.SELF) | ~Q(request__acting_as__proof_seen_at=None)
    own = Decision.objects.filter(may_read, superseded_by=None).exclude(request__acting_as=None)
    own = own.exclude(pk__in=AssessmentRequest.objects.exclude(about_decision=None).values("about_decision"))
    own = own.filter(person__papers__kind="invoice")
    found["person"] = _session(own.order_by("pk").last().request.acting_as.account, None)
    found["applicant"] = _session(AssessmentRequest.objects.filter(state="draft").first().made_by, None)
    sent = Evidence.objects.filter(
        sent_by__works_for_council=False, seen_at=None, person__requests__ended_at=None
    ).first()
    found["sender"] = _session(sent.sent_by, None)
    found["papers"] = f"/council/people/{sent.person.reference}/evidence/"
    billed = Paper.objects.filter(kind="invoice", person__billing_holds=None).order_by("pk").first()
    found["billed"] = f"/council/people/{billed.person.reference}/bills/"
    stopped = Stop.objects.filter(last=None).first().person
    untold = Service.objects.filter(notices=None).order_by("pk").first().person
    found["stopped"], found["untold"] = (f"/council/people/{each.reference}/care/" for each in (stopped, untold))
    found["case"] = f"/council/people/{Departure.objects.first().person.reference}/"
    draft = DecisionDraft.objects.filter(request__ended_at=None).order_by("pk").first().request
    found["draft"] = f"/council/people/{draft.person.reference}/requests/{draft.reference}/draft/preview/"
    shown = Enterprise.objects.filter(state="published", enquiries__isnull=False).order_by("pk").first()
    found["business"] = _session(shown.owner, None)
    found["unlisted"] = _session(Enterprise.objects.filter(state="refused").first().owner, None)
    print(json.dumps(found))


def _session(account, device) -> str:
    import django_otp
    from django.conf import settings
    from django.http import HttpRequest

    from farthing.service import clock
    from farthing.service.access import sign_in

    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request.user = account
    sign_in.begin(request, account, sign_in.By.SECOND_FACTOR if device else sign_in.By.LINK, at=clock.now())
    if device:
        django_otp.login(request, device)
    request.session.save()
    return request.session.session_key
