"""Whether colours can be told apart: the contrast ratio of WCAG 2.2, and a check of a council's own colours at start."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

LEAST = 4.5
"""What WCAG 2.2 AA (1.4.3) asks of text."""

WHITE = "#ffffff"
ON_WHITE = {"--govuk-brand-colour": "the header's white words", "--govuk-link-colour": "links on a white page"}
"""The colours a look may set that stand against white, and what would be hard to read."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours written as "#14505c": from 1, the same, to 21, black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colours(css: str) -> dict[str, str]:
    """The custom properties of a style sheet that are plain colours; of one set twice, the first."""
    found = re.findall(r"(--[\w-]+):\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\s*[;}]", css)
    return dict(reversed(found))


def check_look(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Refuses to start with a folder for the council's look that is not there, or with colours that cannot be read."""
    if not settings.FARTHING_COUNCIL_LOOK:
        return []
    folder = Path(settings.FARTHING_COUNCIL_LOOK)
    if not folder.is_dir():
        told = f"FARTHING_COUNCIL_LOOK is not a folder: {folder}"
        return [
            Error(told, hint="Give the folder that holds look.css and logo.svg, or leave it empty", id="design.E001")
        ]
    file = folder / "look.css"
    set_here = colours(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return [
        Error(
            f"{file} sets {name} to {set_here[name]}, too light for {what}: {contrast(set_here[name], WHITE):.1f} to 1",
            hint=f"Choose a darker colour, at least {LEAST} to 1 against white",
            id="design.E002",
        )
        for name, what in ON_WHITE.items()
        if name in set_here and contrast(set_here[name], WHITE) < LEAST
    ]


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
