"""What can be asked of requests, facts, departures and decisions: everything that reads, a file a subject."""
