"""A form field for one file. What is in the file is judged where evidence is kept, not here."""

from typing import Any, ClassVar

from django import forms


class UploadField(forms.FileField):
    """One file. ``accept`` is what the browser offers to choose from (".pdf,.jpg"); it proves nothing about the file."""

    widget = forms.FileInput
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Select a file",
        "missing": "Select a file",
        "empty": "The file is empty: select another",
        "invalid": "The file did not arrive: select it again",
        "max_length": "The file name must be %(max)d characters or less",
    }

    def __init__(self, *, accept: str = "", **options: Any):
        super().__init__(**options)
        if accept:
            self.widget.attrs["accept"] = accept
