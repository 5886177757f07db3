"""Names as they are searched for: without accents, capitals or punctuation."""

import re
import unicodedata


def search_key(text: str) -> str:
    """A name folded so that "O'Brien" finds "obrien" and "Zoë" finds "zoe"."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", " ", plain.casefold().replace("'", "").replace("\u2019", "")).strip()
