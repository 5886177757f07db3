"""What two tabs send at the very same moment to one saved estimate: every answer stands."""

import pytest

TWO_TABS = """
from threading import Barrier, Thread
from django.db import connection
from django.test import Client
from farthing.service.assessments.models import SavedEstimate

begun = Client(headers={"host": "localhost"})
begun.post("/estimate/", {"about": "you"})
begun.post("/estimate/save")

def at_once(*sent):
    wait, said = Barrier(len(sent)), []
    def tab(name, value):
        client = Client(headers={"host": "localhost"})
        client.cookies = begun.cookies
        wait.wait()
        said.append(client.post(f"/estimate/question/{name}", {name: value}).status_code)
        connection.close()
    threads = [Thread(target=tab, args=each) for each in sent]
    [each.start() for each in threads]
    [each.join() for each in threads]
    return said

found = []
for _ in range(5):
    SavedEstimate.objects.update(answers={})
    said = at_once(("setting", "own_home"), ("partner", "none"), ("responsible_for_children", "0"))
    found.append([sorted(said), sorted(SavedEstimate.objects.get().answers["said"])])
tell({"found": found})
"""


@pytest.mark.on_both
def test_answers_sent_at_the_same_moment_to_one_saved_estimate_all_stand(databases, tmp_path):
    with databases.own(tmp_path) as own:
        told = own.run(TWO_TABS)
    assert told["found"] == [[[302, 302, 302], ["partner", "responsible_for_children", "setting"]]] * 5
