"""Facts, rules, dated figures and slots, and the five readings of one rule text. Knows no law."""
