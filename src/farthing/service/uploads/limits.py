"""Files on their way in: read piece by piece, and no further kept once one is larger than a file may be."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class StopAtTheLimit(FileUploadHandler):
    """Stops keeping a file at ``settings.MOST_BYTES_A_FILE``, and keeps none past ``settings.MOST_FILES_AT_ONCE``.

    What remains of it is read and thrown away, so that the browser has sent its form and gets an answer instead of a
    dropped connection. A request that says it is larger than all the files it may hold is refused before it is read.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._files = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django names it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse a request that is too large whatever is in it."""
        if content_length > (settings.MOST_FILES + 1) * settings.MOST_BYTES_A_FILE:
            raise RequestDataTooBig("the request is larger than all the files it may hold")

    def new_file(self, *arguments: Any, **named: Any) -> None:
        """Count the files."""
        super().new_file(*arguments, **named)
        self._files += 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand a piece on to be kept, unless it passes the limit."""
        if self._files > settings.MOST_FILES_AT_ONCE:
            if start == 0:
                most = settings.MOST_FILES_AT_ONCE
                left_out(self.request).append(f"{self.file_name} is one more than {most} files. Send it next")
            raise SkipFile
        if start + len(raw_data) > settings.MOST_BYTES_A_FILE:
            megabytes = settings.MOST_BYTES_A_FILE // 1024**2
            left_out(self.request).append(f"{self.file_name} is larger than {megabytes}MB. Send a smaller copy")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the whole file to the handler that keeps it."""


def left_out(request: HttpRequest | None) -> list[str]:
    """What to say of each file of a request that was not kept, by the name its sender gave it."""
    found: list[str] = request.__dict__.setdefault("files_left_out", [])
    return found
