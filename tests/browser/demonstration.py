"""The invented caseload that the page walk goes through: smaller than a demonstration's, with every kind of case in it."""

import json
from importlib import import_module

PEOPLE = 60


def make() -> None:
    """Migrate the database of this process's data folder, and load the caseload into it."""
    from django.core.management import call_command

    from farthing.service import clock
    from farthing.service.demonstration.loading import load

    call_command("migrate", verbosity=0, skip_checks=True)
    load(clock.now(), people=PEOPLE)


def print_sessions() -> None:
    """Sign everybody in, and print the session of each: of staff by role, of a person with a decision as "person"."""
    from farthing.service import clock
    from farthing.service.access.models import Account, Role
    from farthing.service.access.second_factors import device_of
    from farthing.service.assessments.models import Decision
    from farthing.service.people.models import Authority

    sessions = {}
    for role in Role:
        account = Account.objects.filter(granted_roles__role=role).order_by("pk").first()
        sessions[str(role)] = _session(account, device_of(account))
    decided = Decision.objects.filter(request__acting_as__authority=Authority.SELF).order_by("pk").last()
    sessions["person"] = _session(decided.request.acting_as.account, None)
    print(json.dumps(sessions))



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
