"""Sentences about the person, put to the person themselves: "The person pays ..." becomes "You pay ..."."""

import re

_VERBS = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "pays": "pay",
    "gets": "get",
    "keeps": "keep",
    "lives": "live",
    "means": "mean",
    "works": "work",
}

_THEIRS = re.compile(r"\b(The|the) person's\b")
_PERSON = re.compile(rf"\b(The|the) person\b(?: ({'|'.join(_VERBS)})\b)?")
_PARTNER = re.compile(r"\b(The|the) partner\b")


def spoken(sentence: str, about: str) -> str:
    """A sentence about the person as it is put to them (``about`` is "you"), or as it stands ("them")."""
    if about != "you":
        return sentence
    said = _THEIRS.sub(lambda found: _you(found[1], "your"), sentence)
    said = _PERSON.sub(lambda found: _you(found[1], "you") + (f" {_VERBS[found[2]]}" if found[2] else ""), said)
    if said != sentence:
        said = re.sub(r"\btheir own\b", "your own", said)
        said = re.sub(r"\bthey pay\b", "you pay", said)
    return _PARTNER.sub(lambda found: _you(found[1], "your") + " partner", said)


def _you(article: str, word: str) -> str:
    return word.capitalize() if article == "The" else word
