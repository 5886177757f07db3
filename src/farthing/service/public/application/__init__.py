"""An application: for oneself or for another, filled in over as many days as it takes, and sent once."""
