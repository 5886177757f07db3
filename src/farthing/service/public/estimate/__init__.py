"""An estimate of what somebody would pay: nothing of it is kept here unless they ask for it."""
