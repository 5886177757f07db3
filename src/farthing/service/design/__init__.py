"""The look of the service: templates, form fields, charts and static files that every desk's pages are made of."""
