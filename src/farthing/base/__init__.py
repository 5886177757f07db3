"""Money in whole pence, days, citations and refusals. Imports nothing else of ours."""
