"""What becomes of part of a penny: it goes the person's way."""

from farthing.base.citation import Citation
from farthing.engine.verbs import Rounding

_LAW = Citation("SI 2014/2672 reg 11", checked=False)

PART_PENNY_DROPPED = Rounding(up=False, law=_LAW)
"""For what the person has or pays: the smaller sum favours them."""
PART_PENNY_MADE_WHOLE = Rounding(up=True, law=_LAW)
"""For what the person keeps or is paid: the larger sum favours them."""
