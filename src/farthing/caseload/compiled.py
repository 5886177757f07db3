"""The fused sum compiled to machine code and run over columns, on every processor.

Compiling takes some seconds the first time; the machine code is kept in the user's cache folder (``FARTHING_CACHE``
names another), by a name made from the text itself, so a changed law is compiled afresh and an unchanged one is not.
"""

import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numba  # noqa: F401 (the text that is compiled imports it; without it this room is not to be entered)
import numpy as np

from farthing.engine.fused import Fused, fuse
from farthing.engine.law import Plan, Policy
from farthing.engine.written import Writer

PEOPLE_AT_A_TIME = 65_536
"""How many people one thread takes before it looks for more."""


def read(policy: Policy, columns: Any) -> dict[str, np.ndarray]:
    """Each of the plan's answers as a column, equal to what ``engine.many.read`` gives.

    ``columns`` is a ``caseload.columns.Columns``. Facts in ``columns.given`` are written into the compiled text.
    """
    sums = compiled(policy.plan, tuple(sorted(columns.given.items())))
    answers = {name: np.empty(columns.people, dtype=sums.types[name]) for name in policy.plan.answers}
    settled = np.array([int(policy.settled[name]) for name in sums.fused.settled], dtype=np.int64)
    arrays = [
        *(columns.facts[name] for name in sums.fused.facts),
        *(columns.starts[name] for name in sums.lists),
        *(columns.facts[f"{name}.{fact}"] for name in sums.lists for fact in sums.fused.items[name]),
        *(answers[name] for name in policy.plan.answers),
    ]

    def run(first: int) -> None:
        sums.function(first, min(first + PEOPLE_AT_A_TIME, columns.people), settled, *arrays)

    starts = range(0, columns.people, PEOPLE_AT_A_TIME)
    if len(starts) == 1:
        run(0)
    else:
        list(_threads().map(run, starts))
    return answers


class Compiled:
    """The compiled sum and the order it takes its arrays in."""

    def __init__(self, fused: Fused, lists: tuple[str, ...], function: Callable[..., None], types: Mapping[str, Any]):
        self.fused, self.lists, self.function, self.types = fused, lists, function, types


@cache
def compiled(plan: Plan, given: tuple[tuple[str, Any], ...]) -> Compiled:
    """The compiled sum for a plan, with some facts the same for everyone. Figures and slots are passed in each time."""
    of_the_day = [step.rule.name for step in plan.day_steps]
    open_names = (*plan.slots, *plan.figures, *of_the_day, "on")
    fused = fuse(plan, settled={}, given=dict(given), open_names=open_names)
    lists = tuple(name for name in plan.lists if fused.items[name])
    types = {name: np.bool_ if plan.law.unit_of(name) == "yes/no" else np.int64 for name in plan.answers}
    module = _module(_text(fused, lists, plan))
    return Compiled(fused, lists, module.sums, types)


def _text(fused: Fused, lists: tuple[str, ...], plan: Plan) -> str:
    settled = {name: number for number, name in enumerate(fused.settled)}

    def leaf(key: str, of_list: str | None) -> str:
        if of_list is not None:
            return f"{_variable(key)}[j]"
        if key in settled:
            yes_no = plan.law.unit_of(key) == "yes/no"
            return f"(settled[{settled[key]}] != 0)" if yes_no else f"settled[{settled[key]}]"
        return f"{_variable(key)}[i]"

    # Places are counted without a sign: the compiler then need not allow for places counted from the end.
    def loop(list_name: str) -> str:
        starts = f"starts_{list_name}"
        return f"for j in range(np.uint64({starts}[i]), np.uint64({starts}[i + np.uint64(1)])):"

    text = Writer(fused, leaf=leaf, loop=loop, every_step=True).write(8)
    arrays = [
        *(_variable(name) for name in fused.facts),
        *(f"starts_{name}" for name in lists),
        *(_variable(f"{name}.{fact}") for name in lists for fact in fused.items[name]),
        *(f"answer_{name}" for name in text.answers),
    ]
    tables = []
    for number, column in enumerate(fused.tables):
        values = ", ".join(str(value if type(value) is bool else int(value)) for value in column.values)
        tables.append(f"t{number} = np.array([{values}])")
    return "\n".join(
        [
            "import numba",
            "import numpy as np",
            "",
            *tables,
            "",
            "",
            '@numba.njit(nogil=True, cache=True, error_model="numpy")',
            f"def sums(first, last, settled, {', '.join(arrays)}):",
            *text.once,
            "    for i in range(np.uint64(first), np.uint64(last)):",
            *text.each,
            *(f"        answer_{name}[i] = {answer}" for name, answer in text.answers.items()),
            "",
        ]
    )


def _variable(key: str) -> str:
    return "fact_" + key.replace(".", "__")


def _module(text: str) -> ModuleType:
    name = "farthing_sums_" + hashlib.sha256(text.encode()).hexdigest()[:16]
    if name in sys.modules:
        return sys.modules[name]
    folder = _cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder.joinpath(f"{name}.py")
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        written = folder.joinpath(f"{name}.{os.getpid()}.new")
        written.write_text(text, encoding="utf-8")
        written.replace(file)
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} cannot be read as a module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _cache_folder() -> Path:
    named = os.environ.get("FARTHING_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home().joinpath(".cache")
    return Path(base).joinpath("farthing")


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count())
