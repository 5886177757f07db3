"""Passwords that are quick to check: the service's own way of keeping them, with as little work as it may be given."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Quick(Argon2PasswordHasher):
    """What it keeps names its own work, so the service as it is set up elsewhere can check it too."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
