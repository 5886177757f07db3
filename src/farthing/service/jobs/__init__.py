"""Work that goes on behind the pages: what is queued, how far it is, what is due."""
