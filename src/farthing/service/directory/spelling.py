"""How far apart two words are, for what was typed a little wrong."""

from collections.abc import Iterable


def apart(one: str, other: str, *, most: int) -> int:
    """How many letters to add, leave out, change or swap with the next to make one word another; above ``most``, more."""
    letters, others = set(one), set(other)
    # Each mistake takes one letter away or brings one in, at most. Hardly any word passes that and is far off all the same.
    if max(abs(len(one) - len(other)), len(letters - others), len(others - letters)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        this = [row]
        for column, against in enumerate(other, 1):
            least = min(last[column] + 1, this[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                least = min(least, before[column - 2] + 1)
            this.append(least)
        if min(this) > most:
            return most + 1
        before, last = last, this
    return last[-1]


def most_mistakes(word: str) -> int:
    """How many mistakes a word of its length may hold and still be taken for another one."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Of the words that are known, those this may have been meant for: nearest first, longer before shorter."""
    most = most_mistakes(word)
    found = {other: apart(word, other, most=most) for other in known if abs(len(word) - len(other)) <= most}
    return sorted(
        (other for other, by in found.items() if by <= most), key=lambda other: (found[other], -len(other), other)
    )
