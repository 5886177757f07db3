"""What is charged for a stretch of days, and the double-entry postings that follow. It is handed figures and knows no law.

Every function is pure: the facts known now go in, what should be charged or posted comes out. Whoever keeps a ledger
posts the difference to what is posted already, so that stopping anywhere and running again comes to the same.
Days are day numbers, both ends counted; money is whole pence.
"""
