"""Pages on which people find a care micro-enterprise, ask it something, and see how they may pay for it."""
