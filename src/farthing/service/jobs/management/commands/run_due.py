"""``run_due``: do what is due, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from farthing.service import clock
from farthing.service.jobs.due import run_due


class Command(BaseCommand):
    """Does what is due: sends letters that wait, asks after those sent, drops what has expired."""

    help = "Do what is due: send letters that wait, ask after those sent, drop what has expired"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="do all of it, due or not")

    def handle(self, *args: Any, **options: Any) -> None:
        for name in run_due(clock.now, all_of_it=options["all"]):
            self.stdout.write(name)
