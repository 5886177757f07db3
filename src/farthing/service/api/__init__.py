"""The API: one endpoint a file, one shape of error."""
