"""What is to last is PDF/A-3b with its data in it, as readable as its parts; a damaged one is refused."""

from __future__ import annotations

import json
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Name, Pdf

from app.pdf import AttachedFile, PdfError
from app.pdf.boxed.archiving import require_archival
from tests.pdf import pack_samples

DATA = AttachedFile(
    "arende.json", "application/json", "Ärendets uppgifter", json.dumps({"å": "ärende"}).encode()
)


def whole(attached: list[AttachedFile] | None = None) -> bytes:
    """A pack, anew."""
    return pack_samples.pack(pack_samples.cover, pack_samples.pack_documents(), attached)


@pytest.fixture(scope="module")
def lasting() -> bytes:
    """A pack that is made to last."""
    return whole([DATA])


def test_it_is_pdf_a_by_the_validator(lasting: bytes) -> None:
    require_archival(lasting)
    with Pdf.open(BytesIO(lasting)) as opened, opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "3B"


def test_it_is_as_tagged_and_named_as_any_other_pack(lasting: bytes) -> None:
    with Pdf.open(BytesIO(lasting)) as opened, Pdf.open(BytesIO(whole())) as plain:
        assert len(opened.pages) == len(plain.pages)
        assert opened.Root.Lang == plain.Root.Lang
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert len(opened.Root.StructTreeRoot.K) == len(plain.Root.StructTreeRoot.K)
        with opened.open_outline() as kept, plain.open_outline() as wanted:
            assert [item.title for item in kept.root] == [item.title for item in wanted.root]
        with opened.open_metadata() as kept_said, plain.open_metadata() as said:
            assert kept_said["dc:title"] == said["dc:title"]


def test_its_data_is_in_it_byte_for_byte(lasting: bytes) -> None:
    with Pdf.open(BytesIO(lasting)) as opened:
        spec = opened.attachments[DATA.name]
        assert spec.get_file().read_bytes() == DATA.content
        assert spec.relationship == Name.Data
        assert len(opened.Root.AF) == 1


def test_the_same_is_the_same_bytes(lasting: bytes) -> None:
    assert whole([DATA]) == lasting


@pytest.mark.parametrize("damage", ["no output intent", "a script", "a font that is not in it"])
def test_a_damaged_one_is_refused(lasting: bytes, damage: str) -> None:
    with Pdf.open(BytesIO(lasting)) as opened:
        match damage:
            case "no output intent":
                del opened.Root.OutputIntents
            case "a script":
                opened.Root.OpenAction = pikepdf.Dictionary(S=Name.JavaScript, JS="1")
            case _:
                for one in opened.objects:
                    if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one:
                        del one["/FontFile2"]
        spoilt = BytesIO()
        opened.save(spoilt, preserve_pdfa=True)
    with pytest.raises(PdfError, match="no PDF/A-3b"):
        require_archival(spoilt.getvalue())


def test_bytes_that_are_no_document_are_refused() -> None:
    with pytest.raises(PdfError, match="no PDF/A-3b"):
        require_archival(b"%PDF-1.7 and then nothing")
