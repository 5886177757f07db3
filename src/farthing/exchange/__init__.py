"""Exchange: one file a format, in or out. It is handed figures and works none out; it knows no clock, database or network.

Payments out: ``payments`` is what is paid, by whom and to whom, and ``bacs_standard_18`` and ``pain_001`` write it for a
bank. ``bank_details`` reads the account somebody typed, ``modulus_check`` asks whether it can exist, and
``working_days`` says on which days banks work.
"""
