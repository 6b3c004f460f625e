"""Files as people send them, and as nobody should."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n%%EOF"
OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "word": f"{OFFICE}.wordprocessingml.document",
    "xl": f"{OFFICE}.spreadsheetml.sheet",
    "ppt": f"{OFFICE}.presentationml.presentation",
}
Parts = Mapping[str, bytes | str]


def pdf(*objects: bytes, after: bytes = b"\n%%EOF\n") -> bytes:
    """A PDF with these objects."""
    written = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate(objects, 1))
    return b"%PDF-1.7\n" + written + b"trailer\n<< /Root 1 0 R >>" + after


def packed(*objects: bytes, said: bytes = b"/Filter /FlateDecode") -> bytes:
    """An object that holds others, packed."""
    content = zlib.compress(b"\n".join(objects))
    head = b"<< /Type /ObjStm /N 1 /First 4 %s /Length %d >>" % (said, len(content))
    return head + b"\nstream\n" + content + b"\nendstream"


def chunk(kind: bytes, content: bytes) -> bytes:
    """A piece of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 2, height: int = 2, *more: bytes) -> bytes:
    """A grey picture, or one that claims to be of this size."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    picture = chunk(b"IDAT", zlib.compress(b"\x00\x80\x80" * 2))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + picture + chunk(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2, after: bytes = b"") -> bytes:
    """A picture's headers and end."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    headers = b"\xff\xe0\x00\x10JFIF\x00" + bytes(9) + b"\xff\xc0" + struct.pack(">H", 2 + len(frame)) + frame
    return b"\xff\xd8" + headers + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\x34\xff\xd9" + after


def types(folder: str, main: str | None = None) -> str:
    """The list of types of an Office file."""
    kind = f"{main or MAIN[folder]}.main+xml"
    return (
        f'<?xml version="1.0"?>\n<Types><Override PartName="/{folder}/m.xml" ContentType="{kind}"/></Types>'
    )


def office(folder: str = "word", parts: Parts | None = None, *, listed: str | bytes | None = None) -> bytes:
    """An Office file with these parts besides the main one."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types(folder) if listed is None else listed)
        archive.writestr(f"{folder}/m.xml", "<document/>")
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return stream.getvalue()


def relations(*rows: tuple[str, str, str]) -> str:
    """A list of relations: kind, target, mode."""
    written = "".join(
        f'<Relationship Id="r{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for number, (kind, target, mode) in enumerate(rows)
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{namespace}">{written}</Relationships>'


def leading_out(kind: str, target: str, folder: str = "word", mode: str = "External") -> bytes:
    """An Office file with one relation that leads out of it."""
    return office(folder, {f"{folder}/_rels/m.xml.rels": relations((kind, target, mode))})


def instructed(*runs: str) -> bytes:
    """A Word file whose text is these runs; a word in capitals is a mark of a field."""
    marks = {"BEGIN": "begin", "SEPARATE": "separate", "END": "end"}
    written = "".join(
        f'<w:r><w:fldChar w:fldCharType="{marks[run]}"/></w:r>'
        if run in marks
        else f"<w:r><w:instrText>{run}</w:instrText></w:r>"
        for run in runs
    )
    return office(parts={"word/document.xml": in_words(f"<w:p>{written}</w:p>")})


def in_words(text: str) -> str:
    """The part of a Word file with this text."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<?xml version="1.0"?><w:document xmlns:w="{namespace}">{text}</w:document>'


def claiming(content: bytes, place: int, number: int, form: str = "<I") -> bytes:
    """The archive with a number in the last entry of its directory changed."""
    changed = bytearray(content)
    struct.pack_into(form, changed, content.rindex(b"PK\x01\x02") + place, number)
    return bytes(changed)


def bomb() -> bytes:
    """A small Word file whose directory claims that a part unpacks to four gigabytes."""
    return claiming(office(), 24, 0xFFFFFFFE)


def overlapping() -> bytes:
    """A Word file whose parts all say that they are the same large one."""
    large = office(parts={"word/media/0": bytes(5_000_000)})
    copies = office(parts={f"word/media/{number}": b"" for number in range(9)})
    return claiming(claiming(copies, 20, len(large) * 1_000), 24, 1_000_000)


def many_parts(count: int) -> bytes:
    """A Word file with so many parts."""
    return office(parts={f"word/media/{number}": b"" for number in range(count)})
