"""Filling in a page's form as a browser would: what stands in its fields is sent back, but for what is typed anew."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Fields(HTMLParser):
    """The fields of the forms that are sent by POST, each with its action."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._in: dict[str, list[str]] | None = None
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._in = {}
            if given.get("method") == "post":
                self.forms.append((given.get("action", ""), self._in))
        if self._in is None or ("name" not in given and tag != "option"):
            return
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self._in.setdefault(given["name"], []).append(given.get("value", ""))
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self._select and "selected" in given:
            self._in.setdefault(self._select, []).append(given.get("value", ""))
        elif tag == "textarea":
            self._textarea = given["name"]
            self._in.setdefault(self._textarea, [""])

    def handle_data(self, data: str) -> None:
        if self._textarea and self._in is not None:
            self._in[self._textarea] = [self._in[self._textarea][0] + data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in = None
        self._select = "" if tag == "select" else self._select
        self._textarea = "" if tag == "textarea" else self._textarea


def filled_in(browser: Client, page: str, *, action: str = "", **typed: Any) -> dict[str, Any]:
    """What sending the form of a page would send, with what is ``typed``; a day is typed as ``name="1 2 2026"``."""
    answer = browser.get(page)
    assert answer.status_code == 200, (page, answer.status_code)
    found = _Fields()
    found.feed(answer.content.decode())
    fields: dict[str, Any] = next(fields for sent_to, fields in found.forms if sent_to in (action, page) or not action)
    for name, value in typed.items():
        if f"{name}-day" in fields:
            parts = [*str(value).split(" "), "", "", ""][:3]
            fields |= {f"{name}-{box}": part for box, part in zip(("day", "month", "year"), parts, strict=True)}
        else:
            fields[name] = value
    return fields


def send(browser: Client, page: str, **typed: Any) -> Any:
    """Open a page, fill in its form and send it."""
    return browser.post(page, filled_in(browser, page, **typed))


def press(browser: Client, page: str, button: str) -> Any:
    """Open a page and press the button whose form is sent to ``button``."""
    return browser.post(button, filled_in(browser, page, action=button))
