"""Accounts, roles, signing in, and who may see which page."""
