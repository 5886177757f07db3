"""An invented council: clearly invented people in every state a case can be in."""
