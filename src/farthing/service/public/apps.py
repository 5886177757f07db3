"""The application, as Django knows it."""

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """Named by its room, so its tables begin with "public_"."""

    name = "farthing.service.public"
    label = "public"

    def ready(self) -> None:
        from farthing.service.public.unlogged import keep_tokens_out

        keep_tokens_out()
