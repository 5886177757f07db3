"""What was typed, read as what listings have: each word with all that means the same, wrong spelling put right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from farthing.service.directory.spelling import nearest
from farthing.service.directory.words import alternatives, stem, tokens, words_with_synonyms

MOST_LETTERS = 200
MOST_WORDS = 12
"""What is read of a search: more words than this only narrow it to nothing."""
SHORTEST_BEGINNING = 3
MOST_LIKELY = 20
"""Words that begin with what was typed, or are spelt nearly so, that are tried."""

Way = tuple[str, ...]
"""Words that a listing must all have."""

_HAD_BY_A_LISTING = {
    "sqlite": """EXISTS (SELECT 1 FROM directory_search WHERE directory_search MATCH '"' || known.word || '"')""",
    "postgresql": "EXISTS (SELECT 1 FROM directory_listing WHERE search @@ quote_literal(known.word)::tsquery)",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What is looked for: of each of ``parts``, a listing must have one way at least. No parts: everything is found.

    ``read_as`` is what was typed with its spelling put right, None where nothing was. ``is_hopeless`` is where words
    were typed of which no listing has any.
    """

    parts: tuple[tuple[Way, ...], ...] = ()
    read_as: str | None = None
    is_hopeless: bool = False


def read(text: str) -> Reading:
    """A search as it was typed, read by the words that listings have. No text is refused.

    A word nobody has is read as all words that begin with it; else as the nearest in spelling; else it is passed over.
    """
    typed = tokens(text[:MOST_LETTERS])[:MOST_WORDS]
    known = _had({form for word in typed for form in (word, stem(word))}) | words_with_synonyms()
    meant = {word: (word,) if known & {word, stem(word)} else _likely(word) for word in typed}
    kept = [meant[word] for word in typed if meant[word]]
    right = [words[0] if len(words) == 1 else word for word in typed if (words := meant[word])]
    return Reading(
        parts=tuple(_parts(kept)),
        read_as=" ".join(right) if kept and right != typed else None,
        is_hopeless=bool(typed) and not kept,
    )


def _likely(word: str) -> tuple[str, ...]:
    """What a word nobody has was meant for: all that begin with it, or the one that is nearest."""
    if beginnings := _beginning_with(word):
        return tuple(sorted(beginnings))
    candidates = nearest(word, {*_spelt_somewhat_like(word), *words_with_synonyms()})[:MOST_LIKELY]
    known = _had(candidates) | words_with_synonyms()
    return next(((each,) for each in candidates if each in known), ())


def _parts(kept: list[tuple[str, ...]]) -> Iterator[tuple[Way, ...]]:
    """Each word, or several that mean one thing together, with all ways to say it."""
    place = 0
    while place < len(kept):
        if len(kept[place]) > 1:
            yield tuple((each,) for each in kept[place])
            place += 1
            continue
        following = [words[0] for words in kept[place:] if len(words) == 1]
        taken, ways = alternatives([stem(word) for word in following])
        as_it_is = (following[0],)
        yield tuple(dict.fromkeys([*ways, as_it_is] if taken == 1 else ways))
        place += taken


def _had(words: Iterable[str]) -> set[str]:
    """Of these words, those that some listing has."""
    asked = sorted(set(words))
    if not asked:
        return set()
    marks = ", ".join(["%s"] * len(asked))
    return _words_where(f"known.word IN ({marks}) AND {_HAD_BY_A_LISTING[connection.vendor]}", asked)


def _beginning_with(word: str) -> set[str]:
    if len(word) < SHORTEST_BEGINNING:
        return set()
    where = f"known.word > %s AND known.word < %s AND {_HAD_BY_A_LISTING[connection.vendor]}"
    return _words_where(f"{where} ORDER BY known.word LIMIT {MOST_LIKELY}", [word, f"{word}~"])


def _spelt_somewhat_like(word: str) -> set[str]:
    """Words that begin with the same letter, or end in the same three: few mistakes change both."""
    return _words_where("known.word LIKE %s OR known.word LIKE %s", [f"{word[0]}%", f"%{word[-3:]}"])


def _words_where(condition: str, values: list[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT known.word FROM directory_word known WHERE {condition}", values)
        return {word for (word,) in cursor.fetchall()}
