"""What can be done to requests, facts, departures and decisions: everything that writes, a file a subject."""
