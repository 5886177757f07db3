"""Reads a page into its elements, so that a test can ask what refers to what."""

from html.parser import HTMLParser

Element = tuple[str, dict[str, str]]


class _Elements(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found: list[Element] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(html: str) -> list[Element]:
    """Every element of a page in order, as its tag and its attributes."""
    parser = _Elements()
    parser.feed(html)
    return parser.found


def by_id(html: str) -> dict[str, Element]:
    """Every element that has an id. Refuses a page that gives one id twice."""
    with_id = [(attributes["id"], (tag, attributes)) for tag, attributes in elements(html) if "id" in attributes]
    found = dict(with_id)
    assert len(found) == len(with_id), (
        f"given twice: {sorted({name for name, _ in with_id if with_id.count(name) > 1})}"
    )
    return found
