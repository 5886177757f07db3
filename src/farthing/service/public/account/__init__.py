"""The account of a person, or of whoever acts for them: what was sent, how far it is, what was decided and written."""
