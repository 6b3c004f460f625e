"""Makes a joined document one that lasts: PDF/A-3b (ISO 19005-3), with the data it was made from attached.

Its tags stay. That it is PDF/UA too is not said in it: PDF/A knows that claim only with a description of its
own. Whether it is PDF/A is asked of a validator that approves only what it knows (`pikepdf.pdfa`), and of the
very bytes that are handed out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO

from pikepdf import AttachedFileSpec, Dictionary, Name, Object, Pdf, Stream
from pikepdf.pdfa import Flavour, prepare, resolve_save_kwargs, validate_written

from app.pdf.errors import PdfError

FLAVOUR = Flavour("3b")
_SRGB = (files("pikepdf.pdfa") / "data" / "sRGB.icc").read_bytes()
"""What our colours mean. Read at once: where this is used, nothing can be read any more."""
_MOST_TOLD = 5
_EMPTY = ("/Pattern", "/Shading")
"""Resources that the typesetter names and leaves empty: the validator does not look into them."""


@dataclass(frozen=True)
class Attached:
    """A file that goes with a document: the data that it shows."""

    name: str
    media_type: str
    description: str
    content: bytes


def archived(pdf: Pdf, attached: Sequence[Attached]) -> bytes:
    """The document as PDF/A with these files in it. PdfError says what keeps it from being one."""
    for file in attached:
        spec = AttachedFileSpec(
            pdf,
            file.content,
            filename=file.name,
            description=file.description,
            mime_type=file.media_type,
            creation_date="",
            mod_date="",
        )
        spec.relationship = Name.Data
        pdf.attachments[file.name] = spec
    for one in pdf.objects:
        _leave_out_empty(one)
    prepare(pdf, FLAVOUR, output_intent=_SRGB, output_condition_identifier="sRGB")
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["xmp:MetadataDate"] = metadata["xmp:CreateDate"]  # equal documents are equal bytes
    output = BytesIO()
    pdf.save(output, **resolve_save_kwargs(FLAVOUR, deterministic_id=True, min_version="1.7"))
    require_archival(output.getvalue())
    return output.getvalue()


def require_archival(pdf: bytes) -> None:
    """Raise PdfError, with the first findings, unless the file is PDF/A-3b."""
    report = validate_written(BytesIO(pdf), FLAVOUR)
    if report.verdict != "pass":
        found = "; ".join(map(str, report.findings[:_MOST_TOLD]))
        raise PdfError(f"It is no PDF/A-3b: {found}")


def _leave_out_empty(one: Object) -> None:
    if not isinstance(one, Dictionary | Stream):
        return
    resources = one.get("/Resources", one)
    for name in _EMPTY:
        if isinstance(resources, Dictionary) and name in resources and not resources[name].keys():
            del resources[name]
