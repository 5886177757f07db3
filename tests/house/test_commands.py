"""Every command says what it does and is in the guide, and every command in the guide does what the guide says."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner, Result

from farthing.cli import main
from farthing.engine.kinds import Kinds
from farthing.law import law
from tests.databases import Databases, OwnDatabase
from tests.house.sources import ROOT

GUIDE = (ROOT / "docs" / "guide" / "command-line.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S*) ?(\S*)\n(.*?)^```$", GUIDE, flags=re.MULTILINE | re.DOTALL)
FILES = {name: text for _, name, text in BLOCKS if name}
LINES = [line.removeprefix("$ ") for kind, _, text in BLOCKS if kind == "console" for line in text.splitlines()]


def commands(group: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and every one below it, each with what is typed to call it."""
    yield name, group
    if isinstance(group, click.Group):
        context = click.Context(group)
        for each in group.list_commands(context):
            found = group.get_command(context, each)
            assert found is not None
            yield from commands(found, f"{name} {each}")


COMMANDS = dict(commands(main, "farthing"))


def ran(line: str, desk: OwnDatabase) -> Result:
    """What becomes of a line of the guide. The service is a process of its own, run where the files of the guide are."""
    program, *arguments = shlex.split(line, comments=True)
    assert program == "farthing"
    if arguments[0] != "service":
        return CliRunner().invoke(main, arguments)
    ended = desk.farthing(*arguments)
    both = (ended.stdout + ended.stderr).encode()
    return Result(CliRunner(), ended.stdout.encode(), ended.stderr.encode(), both, None, ended.returncode, None)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, databases: Databases) -> Iterator[OwnDatabase]:
    """A folder with the examples and the files that the guide shows, in which its commands are run one after another."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples", folder / "examples")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, databases.own(folder / "data", "nothing") as own:
        patch.chdir(folder)
        yield own


# Help


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name: str) -> None:
    said = (COMMANDS[name].help or "").strip()
    assert said[:1].isupper() and (name == "farthing" or said.partition("\n\n")[0].endswith(".")), said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option):
            assert option.help and option.help.endswith("."), option.opts


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_prints_its_help(name: str) -> None:
    result = CliRunner().invoke(main, [*name.split()[1:], "--help"])
    assert result.exit_code == 0 and "Usage:" in result.output


# The guide


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if not isinstance(command, click.Group)])
def test_every_command_is_in_the_guide(name: str) -> None:
    assert any(line.startswith(f"{name} ") or line == name for line in LINES)
    assert f"`{name}" in GUIDE


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_in_the_guide(name: str) -> None:
    shown = " ".join(line for line in LINES if line.startswith(f"{name} "))
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option) and name != "farthing":
            assert any(opt in shown for opt in option.opts), f"{name} {option.opts}"


@pytest.mark.parametrize("line", LINES)
def test_every_command_in_the_guide_does_what_the_guide_says(line: str, desk: OwnDatabase) -> None:
    wanted = re.search(r"# exit status (\d)$", line)
    result = ran(line, desk)
    assert result.exit_code == (int(wanted[1]) if wanted else 0), result.output
    assert not isinstance(result.exception, Exception), result.exception
    assert result.output.strip()


@pytest.mark.parametrize("line", [line for line in LINES if "--json" in line])
def test_what_is_printed_for_programs_is_json(line: str, desk: OwnDatabase) -> None:
    assert json.loads(ran(line, desk).output)


# What is not checked yet


def test_the_rules_listed_as_unchecked_are_exactly_those() -> None:
    listed = {each["rule"] for each in json.loads(CliRunner().invoke(main, ["rules", "--unchecked", "--json"]).output)}
    assert listed == {rule.name for rule in law().rules.values() if not all(each.checked for each in rule.law)}
    assert 0 < len(listed) < len(law().rules)


def test_the_kinds_listed_as_unchecked_are_exactly_those() -> None:
    unchecked = {
        (held.name, kind)
        for held in law().lists.values()
        for fact in held.facts.values()
        if isinstance(fact.unit, Kinds)
        for kind in fact.unit.names
        if not fact.unit.law(kind).checked
    }
    listed = re.findall(
        r"^  (\w+): (\w+)  ", CliRunner().invoke(main, ["rules", "--unchecked"]).output, flags=re.MULTILINE
    )
    assert set(listed) == unchecked and unchecked
