"""Who people are, how they are reached, and who acts for them."""
