"""The desk: the Django project in which people estimate and apply, officers decide, and letters go out."""
