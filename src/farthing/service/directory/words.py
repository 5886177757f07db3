"""Words as they are searched: without accents and capitals, and by their stems, the same whatever the database.

Every word is written in the letters a to z and figures alone, so that no database takes any of it for a command.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import snowballstemmer

from farthing.base.yaml_files import written_in

LONGEST_WORD = 40
"""Letters of a word that are looked at."""

LETTERS_THAT_STAY_WHOLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h"}
)
"""Letters with a mark that cannot be taken off them, and what English keyboards write for them."""

_APOSTROPHES = re.compile("['‘’ʼ`´]")  # noqa: RUF001
_WORD = re.compile("[a-z0-9]+")


def folded(text: str) -> str:
    """A text in small letters without accents or signs, one space between two words. ``O'Brién`` is ``obrien``."""
    return " ".join(_words(text))


def tokens(text: str) -> list[str]:
    """The words of a text that say something, in order."""
    return [word for word in _words(text) if word not in _passed_over()]


def words_and_stems(text: str) -> str:
    """Each word of a text once, and its stem where it is another: what an index keeps."""
    kept = dict.fromkeys(each for word in tokens(text) for each in (word, stem(word)))
    return " ".join(kept)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What is left of an English word when its ending is taken off: ``garden`` of ``gardening``."""
    return str(_stemmer().stemWord(word))


def alternatives(stems: Sequence[str]) -> tuple[int, list[tuple[str, ...]]]:
    """How many stems from the first on are one thing by ``words.yaml``, and all ways to say it, as stems each.

    One, and the stem alone, where nothing else means the same. Of several lines that fit, the longest counts.
    """
    longest = max((len(way) for way in _synonyms() if way == tuple(stems[: len(way)])), default=0)
    if not longest:
        return 1, [(stems[0],)]
    return longest, list(_synonyms()[tuple(stems[:longest])])


@cache
def words_with_synonyms() -> frozenset[str]:
    """Every word of ``words.yaml``: words of care that are rightly spelt, whether a listing has them or not."""
    return frozenset(word for line in _lines() for way in line.split(",") for word in tokens(way))


def _words(text: str) -> Iterator[str]:
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(LETTERS_THAT_STAY_WHOLE)
    bare = "".join(each for each in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(each))
    for found in _WORD.finditer("".join(map(_in_plain_letters, bare))):
        yield found[0][:LONGEST_WORD]


@lru_cache(maxsize=2000)
def _in_plain_letters(letter: str) -> str:
    """A letter that is not of the Latin alphabet by its number, so that it is still found; a sign as a space."""
    if letter.isascii():
        return letter if letter.isalnum() else " "
    return f"u{ord(letter):x}" if letter.isalnum() else " "


@cache
def _stemmer() -> "snowballstemmer.EnglishStemmer":
    return snowballstemmer.stemmer("english")


@cache
def _synonyms() -> dict[tuple[str, ...], dict[tuple[str, ...], None]]:
    """Every way to say something, with all the ways to say the same."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
    for line in _lines():
        ways = dict.fromkeys(tuple(map(stem, tokens(way))) for way in line.split(","))
        for way in ways:
            found[way] = found.get(way, {}) | ways
    return found


@cache
def _passed_over() -> frozenset[str]:
    return frozenset(str(_declared()["passed_over"]).split())


def _lines() -> list[str]:
    lines: list[str] = _declared()["means_the_same"]
    return lines


@cache
def _declared() -> dict[str, Any]:
    declared: dict[str, Any] = written_in(Path(__file__).with_name("words.yaml"))
    return declared
