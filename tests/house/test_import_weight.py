"""The law is light to load: arrays and tables are loaded when a caseload is read, not before."""

import subprocess
import sys

HEAVY = ("numpy", "pyarrow", "numba", "pyspark", "pandas")


def loaded_by(statement: str, modules: tuple[str, ...]) -> list[str]:
    """Which of the modules a fresh Python has loaded once it has run the statement."""
    program = f"{statement}\nimport sys\nprint(*[name for name in {modules!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.split()


def test_loading_the_law_loads_no_arrays():
    assert loaded_by("import farthing.law", HEAVY) == []


def test_loading_the_command_line_loads_no_arrays():
    assert loaded_by("import farthing.cli", HEAVY) == []


def test_the_check_sees_what_was_loaded():
    assert loaded_by("import numpy.linalg", HEAVY) == ["numpy"]
