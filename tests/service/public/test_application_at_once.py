"""What two tabs send at the very same moment: both answers stand, and what is sent twice is sent once."""

import pytest

TWO_TABS = """
from threading import Barrier, Thread
from django.db import connection
from django.test import Client
from farthing.service.access.models import Account
from farthing.service.assessments.models import AssessmentRequest
from farthing.service.correspondence.models import Letter

account = Account.objects.create_person("ada@home.example")

def browser():
    client = Client(headers={"host": "localhost"})
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client

def at_once(*sent):
    wait, said = Barrier(len(sent)), []
    def tab(client, address, data):
        wait.wait()
        said.append(client.post(address, data).status_code)
        connection.close()
    threads = [Thread(target=tab, args=(browser(), *each)) for each in sent]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return said

said = at_once(*[("/apply/for-me/", {"given_name": "Ada", "family_name": "Invented"})] * 3)
draft = AssessmentRequest.objects.get()
where = f"/apply/{draft.reference}/"
said += at_once(
    (where + "money/question/setting", {"setting": "own_home"}),
    (where + "money/question/partner", {"partner": "none"}),
    (where + "person/", {"given_name": "Ada", "family_name": "Invented", "born-day": "27", "born-month": "3",
                         "born-year": "1941"}),
    (where + "money/question/responsible_for_children", {"responsible_for_children": "0"}),
)
draft.refresh_from_db()
answered = sorted(draft.answers["said"])
said += at_once(
    (where + "contact/", {"address": "1 Nowhere Road", "postcode": "ZZ99 1AA", "letters_by": "post", "letters_as": "standard"}),
    (where + "no-details/", {"understood": "on"}),
)
said += at_once(*[(where + "send/", {"declared": "on"})] * 3)
draft.refresh_from_db()
tell({"said": said, "answered": answered, "state": draft.state, "letters": Letter.objects.count(),
      "facts": draft.person.facts.count(), "different": draft.person.facts.values("fact").distinct().count()})
"""


@pytest.mark.on_both
def test_tabs_that_send_at_the_same_moment_lose_nothing_and_send_once(databases, tmp_path):
    with databases.own(tmp_path) as own:
        told = own.run(TWO_TABS)
    assert set(told["said"]) == {302}
    assert told["answered"] == ["born", "partner", "responsible_for_children", "setting"]
    assert (told["state"], told["letters"]) == ("received", 1)
    assert told["facts"] == told["different"]
