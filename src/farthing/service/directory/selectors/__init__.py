"""What can be asked of the directory: everything that reads, a file a subject."""
