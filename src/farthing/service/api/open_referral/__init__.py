"""The directory for other programs, as Open Referral UK 3.0 (HSDS-UK) has it: open, read-only, nine paths."""
