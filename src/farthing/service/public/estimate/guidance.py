"""What somebody may do next, and where to get independent advice: said alike on the page and in print."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Adviser:
    """Somebody independent to ask. ``says`` is what they do; ``address`` their website."""

    name: str
    says: str
    address: str

    def in_print(self) -> str:
        """The same in one paragraph, with the website written out."""
        return f"{self.says} The website is {self.address.removeprefix('https://')}."


ADVISERS = (
    Adviser(
        "Citizens Advice",
        "Citizens Advice can check your benefits and talk this estimate through with you. It is free.",
        "https://www.citizensadvice.org.uk",
    ),
    Adviser(
        "Society of Later Life Advisers",
        "The Society of Later Life Advisers (SOLLA) lists financial advisers who know about care fees. They charge, so "
        "ask first what it costs.",
        "https://societyoflaterlifeadvisers.co.uk",
    ),
)


def steps(about: str) -> list[str]:
    """What happens next, a sentence each."""
    whom = "you" if about == "you" else "the person"
    have = "you have" if about == "you" else "the person has"
    return [
        f"If {have} not had a care needs assessment, ask the council for one. It is free.",
        "Apply to the council. You can hand in this estimate and need not type anything again.",
        f"The council then checks the figures, decides, and writes to {whom}. Its decision may differ from this estimate.",
    ]
