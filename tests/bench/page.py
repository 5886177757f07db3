"""The page the measurements are written to: the machine, the versions, and a table with a verdict a row."""

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path

from stopwatch import Row

PACKAGES = ("farthing", "numpy", "numba", "pyarrow", "OpenFisca-Core", "Django", "gunicorn", "psycopg", "typst")

NOTES = """
## How it was measured

Each subject runs in a process of its own, and so does each size of caseload. The first call of everything is not counted.
*Best* is the best of the runs and *median* the middle one; the verdict goes by the median. Caseloads are invented
(`farthing.caseload.population`, seed 2026): about three kinds of capital, three of income, one housing cost and one or
two services a person. Processor time a person is all cores' together; where it is much less than time times cores,
something else was using the machine.

- **One person**: everything is told, the law of the day is read already, and the case is in memory. *Answer alone* is the
  sum written out as one function; *each rule called* and *every step explained* call the rules one by one.
- **Loading**: time from before the import to after it; memory is the most the process held, less a bare Python's. Files
  are in the system's memory from the run that is not counted.
- **Many**: from columns in memory to all 22 answers in memory. Drawing people and checking their columns are left out here
  and counted in *Parquet in, Parquet out*.
  Holding all 22 answers for ten million people takes more than 1 GB because the answers alone are 1.7 GB; from file to
  file none are held.
- **Against OpenFisca-Core**: 11 rules written for both (`tests/bench/openfisca_slice.py`): shares of two kinds of capital,
  tariff income, three incomes of which one is left out, the minimum income guarantee, the upper limit, the contribution
  and the lower of it and the cost. Both start with their inputs set and end with the charge. OpenFisca is given a new
  simulation for each run, whose making is left out, as is setting its inputs. It has no lists, so its two kinds of
  capital and three incomes are variables of their own; Farthing reads them as lists. OpenFisca uses one core; Farthing's
  blocks too. Rounding pounds before part of a penny is dropped makes most of float32's pennies right, not all. Amounts
  were kept small enough for int32 pence (a home in pence times a percentage is not).
  Where Farthing is less than ten times faster: at a million people OpenFisca's columns of four-byte numbers stay in the
  processor's cache, and Farthing, which holds pence in eight bytes and reads lists that may differ in length from person
  to person, gains least; at ten million they do not. Its default float32 is faster than its int32 because dividing whole
  numbers is slow, and gets about one charge in six wrong.
  Not in the slice: everything else, and what OpenFisca does that Farthing does not (other periods, reforms in place).
- **Parquet in, Parquet out**: reading, checking every row, the whole law, and writing
  the ten main answers (those `farthing caseload` writes unless `--all` is asked for), with nothing refused.
- **The desk** (pages, letters, deciding): the service as a council runs it, with its production settings, in Cambridgeshire,
  on a database that goes away. SQLite writes ahead and PostgreSQL is told not to wait for the disk, so neither does.
  *Server time* is what gunicorn itself logs for a request, from its first line read to its last byte sent; *waited* is what
  the person sees: the queue before it is counted too. Both are the 95th percentile of each run; best and median are of the
  runs. Processor time is the workers' own. Twenty people ask at once, from threads of one process on the same machine, so
  they take a share of its cores; each request is a connection of its own. Those who read a page for about a second (half to
  one and a half) are what twenty people are like; those who never pause keep both workers busy all the time, and wait for
  one another.
- **The result page**: a whole set of answers, with fifteen things in its lists, in the encrypted cookie; other savings for
  each person. Nothing of it is kept between two requests.
- **An officer's pages**: each person in the database has about 20 or 50 facts told and as many verified, a decision, its
  letter, and what the audit tells of them; one in ten has told of a change since. Each officer opens the cases of theirs that
  have such a change, which are worked out anew each time, and each look is written to the audit. *Search* is the page of
  those found for a name.
- **Decision letters**: from sealed fields to the bytes of an accessible PDF, as the print run prints them; half of them are
  of somebody at home who pays a contribution, half of somebody in a care home who pays the full cost.
- **Deciding**: sealing reads the law anew, writes the decision, its letter and the audit in one transaction. The print run
  prints in two processes, writes each file and waits until it is on the disk, and records each letter.
- **The directory**: in this process, without pages; from what is wanted to the twenty listings of the first page, with the
  number of all. Listings are invented, in and about the 213 towns and villages that the program knows, with forty words each.
  Every search is unlike most others of its kind. *Misspelt words* have two letters swapped in each.
- **The directory for other programs**: in this process, with all that a request passes, from the address to the bytes of the
  answer; pages of fifty. *Memory more after the first* is what the process holds at most while all of it is sent, less what it held
  after the first four hundred.

To measure again: `make bench`, on a machine that is otherwise idle; `make bench ONLY="billing_sqlite billing_postgresql"` measures
these subjects alone, and leaves the other sections as they are. `python tests/bench/run.py --quick` takes a minute or two and
says only that everything runs.
"""


def machine() -> list[tuple[str, str]]:
    """The machine and the versions, by name."""
    processor = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    found = [("Processor", processor), ("Cores", str(os.cpu_count())), ("Memory", f"{memory:.0f} GB")]
    found += [("System", f"{platform.system()} {platform.release()}"), ("Python", platform.python_version())]
    for package in PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            found.append((package, "not installed"))
    return found


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def write(path: Path, rows: list[Row], *, on: date, quick: bool, keep: bool = False) -> None:
    """Write the page. Where ``keep`` is asked for, the sections of subjects that ``rows`` are not of stay as they were."""
    sections = _sections(path) if keep and path.exists() else {}
    for subject, of_subject in groupby(rows, key=lambda each: each.subject):
        sections[subject] = _section(subject, list(of_subject), on)
    heading = ["# Benchmarks", ""]
    if quick:
        heading += ["**A quick run with small numbers: it shows that everything runs, and is no measurement.**", ""]
    heading += ["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in machine()), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*heading, *sections.values(), NOTES.lstrip()]), encoding="utf-8")


def _sections(path: Path) -> dict[str, str]:
    """The sections of a page that was written before, by their subjects."""
    found = path.read_text(encoding="utf-8").partition(NOTES.splitlines()[1])[0].split("\n## ")[1:]
    return {each.partition("\n")[0]: f"## {each}" for each in found}


def _section(subject: str, rows: list[Row], on: date) -> str:
    lines = [
        f"## {subject}",
        "",
        f"Measured on {on.day} {on:%B} {on.year}.",
        "",
        "| Figure | Target | Best | Median | Verdict | Note |",
        "|---|---|---|---|---|---|",
        *map(_line, rows),
        "",
    ]
    return "\n".join(lines)


def _line(each: Row) -> str:
    cells = (each.figure, each.target(), each.shown(each.best), each.shown(each.median), each.verdict(), each.note)
    return f"| {' | '.join(cells)} |"
