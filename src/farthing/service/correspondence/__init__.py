"""What was sent to whom, how, and what came back."""
