"""Files that people send, and files that are not what they say: made here, every one invented."""

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
HEIC = Path(__file__).with_name("photo.heic").read_bytes()
EXIF_MAKER, EXIF_ORIENTATION = 0x010F, 0x0112


def jpeg(size: tuple[int, int] = (64, 48), *, maker: str = "", orientation: int = 1) -> bytes:
    """A photo: red above, white below, with what a camera writes into it."""
    picture = Image.new("RGB", size, "white")
    picture.paste((200, 30, 30), (0, 0, size[0], size[1] // 2))
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    if maker:
        exif[EXIF_MAKER] = maker
    return _written(picture, "JPEG", exif=exif)


def png(size: tuple[int, int] = (64, 48)) -> bytes:
    """A picture with parts that can be seen through."""
    return _written(Image.new("RGBA", size, (0, 0, 0, 0)), "PNG")


def png_that_says_it_is(width: int, height: int) -> bytes:
    """A small PNG whose head claims so many dots."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def pdf(text: str = "Invented bank statement", **encrypted: str) -> bytes:
    """A page of a statement; with ``owner`` and ``user`` it is locked."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(300, 200))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
    return _saved(made, **encrypted)


def pdf_with_script() -> bytes:
    """A PDF that runs a script when it is opened."""
    made = pikepdf.open(BytesIO(pdf()))
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    return _saved(made)


def pdf_that_opens_at_a_page() -> bytes:
    """A PDF that says which page to open at, as many do."""
    made = pikepdf.open(BytesIO(pdf()))
    made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])
    return _saved(made)


def pdf_with_attachment(content: bytes = EICAR) -> bytes:
    """A PDF that carries another file."""
    made = pikepdf.open(BytesIO(pdf()))
    made.attachments["note.txt"] = pikepdf.AttachedFileSpec(made, content, filename="note.txt")
    return _saved(made)


def pdf_that_launches() -> bytes:
    """A PDF with a link that starts a program."""
    made = pikepdf.open(BytesIO(pdf()))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=launch
    )
    made.pages[0].Annots = pikepdf.Array([link])
    return _saved(made)


def pdf_bomb(unpacked: int = 4_000_000_000) -> bytes:
    """A small PDF whose table of objects unpacks to gigabytes."""
    piece = 50_000_000
    packer = zlib.compressobj(9)
    first = packer.compress(bytes(piece)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(bytes(piece)) + packer.flush(zlib.Z_FULL_FLUSH)
    stream = first + again * (unpacked // piece - 1) + packer.flush()
    head = b"%PDF-1.5\n"
    number = f"1 0 obj\n<</Type/XRef/Size 10/W[1 4 2]/Root 2 0 R/Filter/FlateDecode/Length {len(stream)}>>\nstream\n".encode()
    return head + number + stream + f"\nendstream\nendobj\nstartxref\n{len(head)}\n%%EOF".encode()


def zip_bomb() -> bytes:
    """A zip of nothing but noughts."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("statement.pdf", bytes(20_000_000))
    return held.getvalue()


def _written(picture: Image.Image, kind: str, **options: object) -> bytes:
    held = BytesIO()
    picture.save(held, kind, **options)
    return held.getvalue()


def _saved(made: pikepdf.Pdf, **encrypted: str) -> bytes:
    held = BytesIO()
    made.save(held, encryption=pikepdf.Encryption(**encrypted) if encrypted else False)
    return held.getvalue()
