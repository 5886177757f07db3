"""Care at the desk: what was found to be needed, what is planned and told of, when it stops, and what was delivered."""
