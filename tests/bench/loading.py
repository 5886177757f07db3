"""Loading the law in a fresh process: time and memory beyond a bare interpreter."""

import json
import statistics
import subprocess
import sys

from stopwatch import Row, row, say

SUBJECT = "Loading, in fresh processes"

_PROGRAM = """
import json, sys
from time import perf_counter
start = perf_counter()
{statement}
taken = perf_counter() - start
status = open("/proc/self/status").read()
held = int(status.partition("VmHWM:")[2].split()[0]) * 1024
heavy = [name for name in ("numpy", "pyarrow", "numba") if name in sys.modules]
print(json.dumps([taken, held, heavy]))
"""

_ANSWER = """
sys.path.insert(0, {folder!r})
from cases import CASES, policy, told
from farthing.engine.written import one_person
one_person(policy())(told(next(iter(CASES))))
"""


def measure(quick: bool) -> list[Row]:
    """Import alone, and up to the first answer. Raises ``ValueError`` where the law brings arrays with it."""
    runs = 1 if quick else 15
    bare = _runs("pass", runs)
    law = _runs("import farthing.law", runs)
    if any(heavy for _, _, heavy in law):
        raise ValueError(f"import farthing.law loads {law[0][2]}")
    answer = _runs(_ANSWER.format(folder=sys.path[0]), runs)
    empty = statistics.median(held for _, held, _ in bare)

    def seconds(found: list[tuple[float, int, list[str]]]) -> list[float]:
        return [taken for taken, _, _ in found]

    def held(found: list[tuple[float, int, list[str]]]) -> list[float]:
        return [each - empty for _, each, _ in found]

    note = "numpy and Arrow are not loaded"
    return [
        row(SUBJECT, "import farthing.law: time", "seconds", seconds(law), limit=0.150, note=note),
        row(SUBJECT, "import farthing.law: memory beyond a bare Python", "bytes", held(law), limit=40e6, note=note),
        row(
            SUBJECT,
            "import, read every figure and a council, and give a first answer: time",
            "seconds",
            seconds(answer),
        ),
        row(SUBJECT, "the same: memory beyond a bare Python", "bytes", held(answer)),
    ]


def _runs(statement: str, runs: int) -> list[tuple[float, int, list[str]]]:
    say(statement.strip().splitlines()[-1])
    program = _PROGRAM.format(statement=statement)
    found = []
    for _ in range(runs + 1):
        ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        found.append(tuple(json.loads(ran.stdout)))
    return found[1:]
