"""Printing: the answer first, then the working, then what it rests on."""

import json
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

import click
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from farthing.base.days import in_words
from farthing.base.money import shown
from farthing.base.refusal import Problem, Refusal
from farthing.case.assessment import Assessment
from farthing.case.changes import changes
from farthing.case.statement import agreement_terms, headline, statement
from farthing.case.words import per_week, said_value
from farthing.engine.asking import Unknown
from farthing.law import law

Command = TypeVar("Command", bound=Callable[..., Any])


def console() -> Console:
    """The terminal; wide enough to read where the output goes to a file."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=100)


def refuses(command: Command) -> Command:
    """Print a refusal as it should be read, on the error stream (as JSON with --json), and end with exit status 1."""

    @wraps(command)
    def guarded(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except Refusal as refusal:
            if options.get("as_json"):
                click.echo(
                    json.dumps(
                        {"refused": [problem_data(each) for each in refusal.problems]}, indent=2, ensure_ascii=False
                    )
                )
            else:
                print_refusal(refusal)
            raise SystemExit(1) from None

    return guarded  # type: ignore[return-value]


def problem_data(problem: Problem) -> dict[str, str | None]:
    """A problem as other programs read it."""
    return {
        "field": problem.field, "problem": problem.problem, "what_to_do": problem.what_to_do, "law": problem.law,
    }  # fmt: skip


def print_refusal(refusal: Refusal) -> None:
    """Every problem: where, what, and what to do."""
    err = Console(stderr=True, highlight=False)
    count = len(refusal.problems)
    err.print(
        Text(
            "Refused. " + (f"{count} things need putting right." if count > 1 else "One thing needs putting right."),
            style="bold red",
        )
    )
    for problem in refusal.problems:
        err.print(
            Text.assemble((problem.field, "bold"), " " if problem.field else "", problem.problem + "."), soft_wrap=True
        )
        after = f" ({problem.law})" if problem.law else ""
        stop = "" if problem.what_to_do.endswith((".", "?")) else "."
        err.print(Text(f"  {problem.what_to_do}{stop}{after}"), soft_wrap=True)


def print_assessment(out: Console, assessment: Assessment) -> None:
    """What a person would want to read."""
    out.print()
    print_headline(out, assessment)
    out.print()
    _print_statement(out, assessment)
    _print_list(out, "Please note", assessment.remarks)
    _print_list(out, "What the written agreement on the top-up must say", agreement_terms(assessment))
    _print_list(out, "Assumed", assessment.assumptions)
    _print_list(out, "Taken from what was left out", assessment.left_out)
    found = [f"{change.says}: {per_week(change.weekly_charge)} instead." for change in changes(assessment)]
    _print_list(out, "What would change the answer", found)
    _print_list(out, "Still to ask", [f"{each.question} ({each.field})" for each in assessment.still_to_ask])
    out.print(_footer(assessment))


def print_headline(out: Console, assessment: Assessment) -> None:
    """The answer, then what goes with it."""
    first, *rest = headline(assessment)
    out.print(Text(first, style="bold"), soft_wrap=True)
    for sentence in rest:
        out.print(Text(sentence), soft_wrap=True)


def _print_statement(out: Console, assessment: Assessment) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=False)
    table.add_column("How it was worked out", ratio=5, overflow="fold")
    table.add_column("£", justify="right", no_wrap=True)
    table.add_column("The law", ratio=5, style="dim", overflow="fold")
    for chapter, lines in statement(assessment):
        table.add_row(Text(chapter, style="bold"), "", "")
        for line in lines:
            note = Padding(Text(line.label + (f" ({line.note})" if line.note else "")), (0, 0, 0, 2))
            strong = "bold" if line.rule in ("weekly_charge",) else ""
            table.add_row(note, Text(shown(line.amount).replace("£", ""), style=strong), line.law)
    out.print(table)
    out.print()


def print_steps(out: Console, assessment: Assessment) -> None:
    """Every step the answer turned on, with its sentence, its inputs and its law."""
    out.print(Text("Every step", style="bold"))
    for number, step in enumerate(assessment.steps, 1):
        rule = step.step.rule
        value = said_value(rule.unit, step.value)
        name = step.key.replace("_", " ")
        checked = "" if all(citation.checked for citation in rule.law) else " (citation still to be checked)"
        out.print(Text.assemble(f"{number:>3}. ", (name, "bold"), f" = {value}"))
        out.print(Padding(Text(f"{rule.says}"), (0, 0, 0, 5)))
        needs = ", ".join(_inputs(step))
        if needs:
            out.print(Padding(Text(f"from {needs}", style="dim"), (0, 0, 0, 5)))
        out.print(Padding(Text(rule.cited + checked, style="dim"), (0, 0, 1, 5)))


def _inputs(step: Any) -> Iterable[str]:
    for key, value in zip(step.step.keys, step.inputs, strict=True):
        unit = law().unit_of(key)
        name = key.partition(".")[2] or key
        if isinstance(value, tuple):
            yield f"{name.replace('_', ' ')} of each ({len(value)})"
        elif not isinstance(getattr(value, "typical", value), Unknown):
            yield f"{name.replace('_', ' ')} {said_value(unit, getattr(value, 'typical', value))}"


def _print_list(out: Console, title: str, sentences: Iterable[str]) -> None:
    found = list(sentences)
    if not found:
        return
    out.print(Text(title, style="bold"))
    for sentence in found:
        table = Table.grid(padding=(0, 1))
        table.add_row("-", Text(sentence))
        out.print(Padding(table, (0, 0, 0, 2)))
    out.print()


def _footer(assessment: Assessment) -> Text:
    from farthing.engine.figures import period_name
    from farthing.law import edition

    return Text(
        f"{assessment.council.name}, {in_words(assessment.on)}, figures of {period_name(assessment.on)}, Farthing {edition()}. "
        "CASSG is the Care and Support Statutory Guidance. "
        "Not financial advice: SOLLA and Citizens Advice point to independent advisers.",
        style="dim",
    )
