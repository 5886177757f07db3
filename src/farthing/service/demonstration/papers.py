"""Papers that the invented people send: small PDFs that say what they are, and that they are invented."""

from io import BytesIO

import pikepdf


def paper(title: str, *lines: str) -> bytes:
    """A PDF of one page: a title and some lines, in letters of the standard fonts."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page = pdf.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    written = [_line(title, 20, 760), *(_line(line, 12, 720 - 20 * number) for number, line in enumerate(lines))]
    page.Contents = pdf.make_stream("\n".join(written).encode("latin-1", "replace"))
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _line(text: str, size: int, height: int) -> str:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf 60 {height} Td ({escaped}) Tj ET"
