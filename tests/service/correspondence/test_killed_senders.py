"""A sender killed at the worst instants, for real, on a database of its own: each letter still goes exactly once."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.service.correspondence.notify_stand_in import KEY, stand_in

WRITE = """
from django.db import transaction
from tests.service.correspondence.invented import somebody, written
from farthing.service.correspondence.services import send
with transaction.atomic():
    letters = [written(somebody(), pays=f"{n} a week") for n in range(HOW_MANY)]
    for letter in letters: send(letter, at=clock.now() - timedelta(minutes=1))
tell([letter.reference for letter in letters])
"""
SEND = """
from farthing.service.correspondence import sending
from farthing.service.correspondence.channels import channels
PLACE
tell(sending.send_waiting(lambda: clock.now() + timedelta(minutes=LATER)))
"""
STATES = """
from farthing.service.audit.models import Event
from farthing.service.audit.selectors import verify
from farthing.service.correspondence.models import Delivery
tell({
    "states": sorted(set(Delivery.objects.values_list("state", flat=True))),
    "told": Event.objects.filter(action="letter sent").count(),
    "broken": verify(),
})
"""
pytestmark = pytest.mark.slow

PLACES = {
    "before it takes a letter in hand": "sending._take_in_hand = die",
    "after taking it in hand, before sending": "for way in channels().values(): type(way).carry = die",
    "after sending, before recording": "sending._record = die",
    "in the middle of recording": "sending.tell_of = die",
}


@pytest.fixture(scope="module")
def desk(databases, tmp_path_factory):
    """A database of this file's own."""
    with databases.own(tmp_path_factory.mktemp("desk")) as own:
        yield own


@pytest.fixture(scope="module")
def notify():
    """A Notify of this file's own."""
    with stand_in() as notify:
        yield notify


@pytest.fixture(scope="module")
def by_notify(desk, notify):
    """The same database, with letters going by that Notify."""
    told = {"CHANNEL": "notify", "NOTIFY_KEY": KEY, "NOTIFY_ADDRESS": notify.address}
    return desk.told(**{f"FARTHING_{name}": value for name, value in told.items()})


def write(desk, how_many=1):
    return desk.run(WRITE.replace("HOW_MANY", str(how_many)))


def send_script(*, place: str = "", later: int = 0) -> str:
    return SEND.replace("PLACE", place).replace("LATER", str(later))


def printed(desk) -> list[str]:
    return sorted(file.stem for file in Path(desk.folder, "letters-to-print").glob("*.pdf"))


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_killed_printer_still_prints_the_letter_once(desk, place):
    before, told = printed(desk), desk.run(STATES)["told"]
    (reference,) = write(desk)
    desk.run(send_script(place=place), ends=-signal.SIGKILL)
    desk.run(send_script(later=16))
    assert printed(desk) == sorted([*before, reference])
    assert desk.run(STATES) == {"states": ["sent"], "told": told + 1, "broken": None}


def test_a_printer_killed_while_it_writes_leaves_no_half_letter(desk):
    (reference,) = write(desk)
    desk.run(send_script(place="os.fsync = die"), ends=-signal.SIGKILL)
    assert reference not in printed(desk)
    desk.run(send_script(later=16))
    assert Path(desk.folder, "letters-to-print", f"{reference}.pdf").read_bytes().endswith(b"%%EOF")
    assert not list(Path(desk.folder, "letters-to-print").glob(".*"))


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_killed_sender_to_notify_still_sends_the_letter_once(desk, notify, by_notify, place):
    (reference,) = write(by_notify)
    by_notify.run(send_script(place=place), ends=-signal.SIGKILL)
    by_notify.run(send_script(later=16))
    assert len(notify.taken(reference)) == 1
    assert desk.run(STATES)["states"] == ["sent"]


def test_senders_at_once_send_each_letter_once(desk, notify, by_notify):
    references = write(by_notify, 40)
    senders = [by_notify.start(send_script()) for _ in range(3)]
    said = [sender.communicate(timeout=120) for sender in senders]
    assert [sender.returncode for sender in senders] == [0, 0, 0], said
    assert all(len(notify.taken(reference)) == 1 for reference in references)
    assert sum(int(out.split()[-1]) for out, _ in said) == 40
    assert sum(int(out.split()[-1]) > 0 for out, _ in said) > 1, "only one sender did anything"
    assert desk.run(STATES) == {**desk.run(STATES), "states": ["sent"], "broken": None}


def test_printers_at_once_print_each_letter_once(desk):
    before = printed(desk)
    references = write(desk, 40)
    senders = [desk.start(send_script()) for _ in range(2)]
    said = [sender.communicate(timeout=120) for sender in senders]
    assert [sender.returncode for sender in senders] == [0, 0], said
    assert printed(desk) == sorted([*before, *references])


def test_the_processes_of_a_killed_print_run_end_with_it(desk):
    script = """
import multiprocessing
from tests.service.correspondence.invented import AT, fields_of
from farthing.letters import Form
from farthing.service.correspondence.rendering import Wanted, printed_in_processes
wanted = Wanted("decision", fields_of(), Form.STANDARD, AT)
for made in printed_in_processes([wanted] * 200, processes=2):
    tell([child.pid for child in multiprocessing.active_children()])
    die()
"""
    children = desk.run(script, ends=-signal.SIGKILL)
    assert len(children) == 2
    deadline = time.monotonic() + 20
    while any(_lives(child) for child in children):
        assert time.monotonic() < deadline, "a process outlived the print run it belonged to"
        time.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
