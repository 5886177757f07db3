"""The ledger as it is kept: what was posted, for whom, and what the books come to. Nothing posted is ever changed."""
