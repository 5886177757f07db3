"""Each import contract in pyproject.toml holds, and breaks when somebody leans the wrong way."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

ROOMS = ("base", "engine", "law", "councils", "case", "caseload", "letters", "ledger", "exchange", "service")
DESKS = ("access", "api", "assessments", "audit", "billing", "budgets", "care", "correspondence", "demonstration", "design",
         "direct_payments", "directory", "jobs", "ledger", "officer", "people", "public", "questions", "uploads")  # fmt: skip
ALONE = ("checking", "clock", "lengthening", "references", "running", "sealing", "settings", "urls", "wsgi")


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of pyproject.toml against the package ``farthing`` that lies in the folder."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    command += ["--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    path = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=path, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The rooms of the house, empty."""
    for room in ROOMS:
        (tmp_path / "farthing" / room).mkdir(parents=True)
        (tmp_path / "farthing" / room / "__init__.py").touch()
    for room in DESKS:
        (tmp_path / "farthing" / "service" / room).mkdir()
        (tmp_path / "farthing" / "service" / room / "__init__.py").touch()
    for file in ALONE:
        (tmp_path / "farthing" / "service" / f"{file}.py").touch()
    (tmp_path / "farthing" / "__init__.py").touch()
    (tmp_path / "farthing" / "cli.py").write_text("import click\n")
    return tmp_path


def test_every_contract_holds():
    checked = contracts(ROOT / "src")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_contract_holds_in_an_empty_house(house):
    checked = contracts(house)
    assert checked.returncode == 0, checked.stdout + checked.stderr


LEANING = (
    ("base", "farthing.engine", "Base imports nothing of ours"),
    ("engine", "farthing.law", "The engine imports base only"),
    ("law", "farthing.councils", "The law imports the engine and base only"),
    ("councils", "farthing.caseload", "Councils import the law, what the ledger and other systems want settled"),
    ("caseload", "farthing.cli", "Every room has its place"),
    ("caseload", "farthing.case", "A case and a caseload"),
    ("law", "click", "Below the desks nothing knows the terminal or the web"),
    ("caseload", "django.db", "Below the desks nothing knows the terminal or the web"),
    ("law", "numpy", "The law is written without arrays"),
    ("letters", "farthing.law", "Letters, the ledger and files for other systems import base only"),
    ("ledger", "farthing.law", "Letters, the ledger and files for other systems import base only"),
    ("exchange", "farthing.ledger", "Every room has its place"),
    ("case", "farthing.service", "Every room has its place"),
    ("service/people", "farthing.service.assessments", "In the service each room leans only"),
    ("service/correspondence", "farthing.service.officer", "In the service each room leans only"),
    ("service/public", "farthing.service.officer", "In the service each room leans only"),
)
"""A room, what it must not import, and the contract that says so."""


def test_a_contract_breaks_when_a_room_leans_the_wrong_way_and_says_which(house):
    for number, (room, leans_on, _) in enumerate(LEANING):
        (house / "farthing" / room / f"wrong{number}.py").write_text(f"import {leans_on}\n")
    checked = contracts(house)
    assert checked.returncode == 1
    _, *told = re.split(
        r"^(?=(?:Every|Base|The|Councils|A case|Letters|Below|In the service).*\n-+$)", checked.stdout, flags=re.M
    )
    for number, (room, leans_on, contract) in enumerate(LEANING):
        wrong = f"farthing.{room.replace('/', '.')}.wrong{number} -> {leans_on.removesuffix('.db')}"
        assert any(each.startswith(contract) and wrong in each for each in told), (contract, wrong, checked.stdout)


def test_a_room_nobody_has_placed_breaks_the_layers(house):
    shutil.copytree(house / "farthing" / "base", house / "farthing" / "attic")
    checked = contracts(house)
    assert checked.returncode == 1
    assert "Every room has its place" in checked.stdout
    assert "attic" in checked.stdout
