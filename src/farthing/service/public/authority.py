"""By what right somebody acts for a person, as the words of a sentence."""

from collections.abc import Mapping

from farthing.service.people.models import Authority, Representation

RIGHT: Mapping[Authority, str] = {
    Authority.SELF: "as yourself",
    Authority.POWER_OF_ATTORNEY: "under a power of attorney",
    Authority.DEPUTY: "as their deputy",
    Authority.APPOINTEE: "as their appointee",
    Authority.NOMINEE: "because they asked you to",
}


def right_of(acting: Representation) -> str:
    """The right to act, to go on a sentence that begins "You act for them"."""
    return RIGHT[Authority(acting.authority)]


def right_declared(acting: Representation) -> str:
    """The same, as whoever acts says it of themselves."""
    return right_of(acting).replace("asked you to", "asked me to")
