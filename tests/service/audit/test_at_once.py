"""Processes that record at the same time still make one chain."""

RECORD = """
from django.db import transaction
from farthing.service.audit.services import Entry, record, record_many
for n in range(60):
    with transaction.atomic():
        record(action="case seen", actor=f"process {os.getpid()}", at=clock.now(), step=n)
record_many(Entry("case seen", f"process {os.getpid()}", clock.now()) for n in range(60))
"""
VERIFY = """
from farthing.service.audit import selectors
from farthing.service.audit.models import Event
tell({"events": Event.objects.count(), "broken": selectors.verify(), "actors": len({e.actor for e in Event.objects.all()})})
"""


def test_processes_that_record_at_once_make_one_whole_chain(databases, tmp_path):
    with databases.own(tmp_path) as own:
        started = [own.start(RECORD) for _ in range(3)]
        for process in started:
            _, trouble = process.communicate(timeout=120)
            assert process.returncode == 0, trouble
        assert own.run(VERIFY) == {"events": 360, "broken": None, "actors": 3}
