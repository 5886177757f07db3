"""A stand-in for a virus scanner: finds the virus test file, and breaks or dawdles when a file tells it to."""

import sys
from pathlib import Path

SCANNER = """
import pathlib, sys, time
content = pathlib.Path(sys.argv[1]).read_bytes()
if b"SLOW" in content: time.sleep(30)
if b"BROKEN" in content: sys.exit(2)
sys.exit(1 if b"EICAR-STANDARD" in content else 0)
"""


def command(folder: Path) -> str:
    """What calls it, once it is written into a folder."""
    script = folder / "scanner.py"
    script.write_text(SCANNER)
    return f"{sys.executable} {script}"
