"""Goes through the questions as a browser without scripts does: it sends the form of each page it is led to."""

import re
from dataclasses import dataclass, field

from django.test import Client

from farthing.service.public.estimate import device
from farthing.service.questions.answers import Answers

PASS = {"pass": "yes"}


@dataclass
class Walk:
    """One person's way through the questions. ``asked`` names each page that was shown, in order."""

    client: Client
    said: dict
    asked: list[str] = field(default_factory=list)
    ranges: list[str] = field(default_factory=list)

    def begin(self, about="you"):
        return self.go(self.client.post("/estimate/", {"about": about}))

    def go(self, response, most=150):
        """Answer each page until the check of the answers comes; what nothing was given for is passed."""
        for _ in range(most):
            assert response.status_code == 302, said_wrong(response)
            address = response["Location"]
            response = self.client.get(address)
            if response.status_code == 302:
                continue
            assert response.status_code == 200, address
            if address == "/estimate/check":
                return response
            self.asked.append(address.removeprefix("/estimate/"))
            self.ranges.append(so_far(response))
            response = self.client.post(address, self.answer(address, response))
        raise AssertionError(f"The questions do not end: {self.asked[-10:]}")

    def answer(self, address, page):
        """What is sent from a page: what was given for it, as far as the page asks for it."""
        _, _, kind, *names = address.split("/")
        if kind == "question":
            return self.said.get(names[0], PASS)
        if len(names) == 1:
            given = self.said.get(names[0])
            return PASS if given is None else {"kinds": list(given) or ["none_of_these"]}
        given = self.said[names[0]][kept(self.client).lists[names[0]].items[names[1]].kind]
        return {name: value for name, value in given.items() if name in inputs(page)}


def kept(client):
    """The answers that the client's cookies hold."""
    text = "".join(client.cookies[name].value for name in device.COOKIES if name in client.cookies)
    return Answers.from_json(device.unpacked(text)["answers"])


def inputs(page):
    """The names of everything that a page asks for."""
    return set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page.text))


def so_far(page):
    """The range that a page shows."""
    return re.search(r"<strong>(.*?)</strong></p>", page.text)[1]


def said_wrong(page):
    """The errors that a page shows."""
    return re.findall(r'error-message">(.*?)</p>', page.text, re.DOTALL) or page.text[-600:]


def day(name, written):
    """A date as the three boxes of a form."""
    year, month, day_of_month = written.split("-")
    return {f"{name}-day": day_of_month, f"{name}-month": month, f"{name}-year": year}
