"""Letters: handed figures as ready text, they are laid out and printed; nothing is ever worked out here.

A letter is a folder beside this file, found by its place: ``letter.typ`` (the template), ``fields.py`` (what it must be
handed), ``example.yaml`` (a whole invented example) and ``expected.txt`` (its golden text, in every form).
"""

from farthing.letters.printing import Form, envelope, render
from farthing.letters.reading import Letter, letter, letters

__all__ = ["Form", "Letter", "envelope", "letter", "letters", "render"]
