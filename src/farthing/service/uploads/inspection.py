"""What a file really is, found by looking into it, and a copy of it that can do no harm.

A picture is drawn anew as a JPEG, so that nothing is left but what can be seen. A PDF is opened, refused where it holds
programs or other files, and written anew, so that what lay before, behind or unused in it is gone. This module is run
as a program of its own, with little memory and time, because a file made to harm harms whatever opens it.
"""

import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

PDF, JPEG = "application/pdf", "image/jpeg"
PICTURES = ("image/jpeg", "image/png", "image/heic")
MOST_DOTS = 64_000_000
"""Of a picture. A telephone of 2026 takes 12 to 50 million."""

MEMORY = 1_500_000_000
SECONDS = 30

NOT_ALLOWED = "is not a PDF or a picture we can open"
SEND_ANOTHER = "Send a PDF, a JPEG, a PNG or a photo from your phone"

HARMFUL_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
HARMFUL_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/RichMediaExecute",
}  # fmt: skip
DEEPEST = 60


class NotTaken(Exception):
    """Raised for a file that is not taken. ``problem`` and ``what_to_do`` are sentences for whoever sent it."""

    def __init__(self, problem: str, what_to_do: str) -> None:
        super().__init__(problem, what_to_do)
        self.problem, self.what_to_do = problem, what_to_do


def made_safe(content: bytes) -> tuple[str, bytes]:
    """The type of a file, and the safe copy of it. Raises ``NotTaken``."""
    import filetype  # type: ignore[import-untyped]

    found = filetype.guess_mime(content[:8192])
    if found == PDF:
        return PDF, _safe_pdf(content)
    if found in PICTURES:
        return JPEG, _safe_picture(content)
    raise NotTaken(NOT_ALLOWED, SEND_ANOTHER)


def _safe_picture(content: bytes) -> bytes:
    import pi_heif  # type: ignore[import-untyped]
    from PIL import Image, ImageOps, UnidentifiedImageError

    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and it is looked at before anything is decoded
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "HEIF")) as picture:
            if picture.width * picture.height > MOST_DOTS:
                raise NotTaken("is too large a picture to open", "Send a smaller picture of it, or a PDF")
            upright = ImageOps.exif_transpose(picture)
            drawn = Image.new("RGB", upright.size, "white")
            if upright.has_transparency_data:
                with_alpha = upright.convert("RGBA")
                drawn.paste(with_alpha, mask=with_alpha.getchannel("A"))
            else:
                drawn.paste(upright.convert("RGB"))
    except UnidentifiedImageError:
        raise NotTaken(NOT_ALLOWED, SEND_ANOTHER) from None
    except (OSError, SyntaxError, ValueError, RuntimeError):
        raise NotTaken("is damaged, or did not arrive whole", "Send it again, or take another photo") from None
    written = BytesIO()
    drawn.save(written, "JPEG", quality=88, optimize=True)
    return written.getvalue()


def _safe_pdf(content: bytes) -> bytes:
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise NotTaken("is locked with a password", "Send a copy that opens without one, or a photo of it")
            if not pdf.pages:
                raise NotTaken("has no pages we can read", "Send it again, or a photo of it")
            if _does_something(pdf.Root.get("/OpenAction")) or any(_harms(each, 0) for each in _objects(pdf)):
                raise NotTaken(
                    "holds a program or another file, which we cannot take",
                    "Print it to a new PDF and send that, or send a photo of it",
                )
            written = BytesIO()
            pdf.save(written, deterministic_id=True, min_version=pdf.pdf_version)
    except pikepdf.PasswordError:
        raise NotTaken("is locked with a password", "Send a copy that opens without one, or a photo of it") from None
    except pikepdf.PdfError:
        raise NotTaken("is damaged, or did not arrive whole", "Send it again, or a photo of it") from None
    return written.getvalue()


def _objects(pdf: Any) -> Iterator[Any]:
    yield pdf.trailer
    yield from pdf.objects


def _harms(value: Any, depth: int) -> bool:
    """Whether an object of a PDF, or one written inside it, runs something or holds another file."""
    import pikepdf

    if depth > DEEPEST:
        return True
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    if isinstance(value, pikepdf.Dictionary):
        if HARMFUL_KEYS & set(value.keys()) or str(value.get("/S", "")) in HARMFUL_ACTIONS:
            return True
        return any(_harms(each, depth + 1) for each in value.values() if _is_written_here(each))
    if isinstance(value, pikepdf.Array):
        return any(_harms(each, depth + 1) for each in value if _is_written_here(each))
    return False


def _is_written_here(value: Any) -> bool:
    """Whether a value stands inside the object that names it; another object is looked at in its own turn."""
    import pikepdf

    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _does_something(action: Any) -> bool:
    """Whether what a PDF does on opening is more than to turn to a page."""
    import pikepdf

    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) != "/GoTo"


def main(source: str, target: str) -> int:
    """Read a file, write the safe copy, and print its type; print why where it is not taken, and end with 1."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        kind, safe = made_safe(Path(source).read_bytes())
    except NotTaken as not_taken:
        print(not_taken.problem, not_taken.what_to_do, sep="\n")
        return 1
    Path(target).write_bytes(safe)
    print(kind)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
