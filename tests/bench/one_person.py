"""One person: the whole law, warm. The answer alone, by calling each rule, and with every step explained."""

from cases import CASES, policy, told
from stopwatch import Row, row, say, times

from farthing.engine.explained import explain
from farthing.engine.one import read
from farthing.engine.written import one_person

SUBJECT = "One person, whole law, warm"


def measure(quick: bool) -> list[Row]:
    """The three readings for each case. Raises ``ValueError`` where they do not agree."""
    runs, calls = (5, 50) if quick else (40, 300)
    in_force = policy()
    alone = one_person(in_force)
    rows = []
    for name in CASES:
        say(name)
        case = told(name)
        answers, values = alone(case), read(in_force, case)
        if answers != tuple(values[each] for each in in_force.plan.answers) or values != explain(in_force, case)[0]:
            raise ValueError(f"the readings differ for {name}")
        charge = f"£{answers[0] // 100}.{answers[0] % 100:02d} a week"
        for figure, action, limit in (
            ("answer alone", lambda case=case: alone(case), 40e-6),
            ("each rule called", lambda case=case: read(in_force, case), None),
            ("every step explained", lambda case=case: explain(in_force, case), 300e-6),
        ):
            found = times(action, runs=runs, calls=calls)
            rows.append(row(SUBJECT, f"{figure}: {name}", "seconds", found, limit=limit, note=charge))
    return rows
