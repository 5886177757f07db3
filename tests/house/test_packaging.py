"""The built wheel is whole: installed elsewhere, with nothing but what it asks for, it carries its data and runs."""

import os
import re
import subprocess
import sys
import venv
from email.parser import HeaderParser
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZipFile

import pytest

from farthing import __version__
from tests.house.sources import PACKAGE, ROOT

pytestmark = pytest.mark.slow


def ran(*command: str | Path, folder: Path) -> str:
    """What a command prints when it is run in a folder that is not ours."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def data_files(package: Path) -> set[str]:
    """Every file of the package that is not Python, as it is named inside a wheel."""
    files = (file for file in package.rglob("*") if file.is_file() and file.suffix not in {".py", ".pyc"})
    return {file.relative_to(package.parent).as_posix() for file in files}


def missing_from(wheel: Path, package: Path) -> set[str]:
    """The data files of the package that the wheel does not carry."""
    with ZipFile(wheel) as carried:
        return data_files(package) - set(carried.namelist())


def link_what_is_asked_for(asked: list[str], folder: Path) -> None:
    """Link into the folder the packages asked for, and what those ask for; extras are left out."""
    for requirement in asked:
        name, _, condition = requirement.partition(";")
        if "extra" in condition:
            continue
        found = re.match(r"[\w.-]+", name)
        assert found is not None, requirement
        try:
            package = distribution(found[0])
        except ModuleNotFoundError:
            assert condition, f"{found[0]} is asked for and is not here"
            continue
        for top in {Path(file).parts[0] for file in package.files or ()} - {"..", "__pycache__"}:
            if not (folder / top).exists():
                (folder / top).symlink_to(package.locate_file(top))
        link_what_is_asked_for(package.requires or [], folder)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-index", "--no-deps", "--no-build-isolation"]
    ran(*build, "--wheel-dir", folder, ROOT, folder=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment with the wheel, and only what the wheel asks for when no extra is named."""
    folder = tmp_path_factory.mktemp("clean") / "environment"
    venv.create(folder, with_pip=False, symlinks=True)
    install = [sys.executable, "-m", "pip", "--python", folder / "bin" / "python", "install", "-q"]
    ran(*install, "--no-index", "--no-deps", wheel, folder=folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    with ZipFile(wheel) as carried:
        (metadata,) = (name for name in carried.namelist() if name.endswith(".dist-info/METADATA"))
        asked = HeaderParser().parsestr(carried.read(metadata).decode()).get_all("Requires-Dist", [])
    assert asked
    link_what_is_asked_for(asked, packages)
    return folder


def test_the_wheel_carries_every_data_file(wheel):
    assert missing_from(wheel, PACKAGE) == set()


def test_the_check_finds_a_data_file_that_was_left_out(wheel, tmp_path):
    forgotten = tmp_path / "farthing" / "law" / "forgotten" / "rates.yaml"
    forgotten.parent.mkdir(parents=True)
    forgotten.touch()
    assert missing_from(wheel, tmp_path / "farthing") == {"farthing/law/forgotten/rates.yaml"}


def test_the_wheel_carries_the_licence_and_no_tests(wheel):
    with ZipFile(wheel) as carried:
        names = carried.namelist()
    assert f"farthing-{__version__}.dist-info/licenses/LICENSE" in names
    assert [name for name in names if "/test_" in name or name.startswith("tests/")] == []


def test_the_installed_copy_is_the_one_that_runs(installed, tmp_path):
    asked = "import farthing; print(farthing.__file__, farthing.__version__)"
    place, version = ran(installed / "bin" / "python", "-c", asked, folder=tmp_path).split()
    assert Path(place).is_relative_to(installed)
    assert version == __version__


def test_the_installed_copy_brings_no_more_than_it_asks_for(installed, tmp_path):
    asked = "from importlib.util import find_spec; print([n for n in ('numpy', 'pyarrow', 'pytest') if find_spec(n)])"
    assert ran(installed / "bin" / "python", "-c", asked, folder=tmp_path).strip() == "[]"


def test_the_installed_copy_lists_its_councils_in_an_empty_folder(installed, tmp_path):
    assert "cambridgeshire" in ran(installed / "bin" / "farthing", "councils", folder=tmp_path).lower()
    assert list(tmp_path.iterdir()) == []
