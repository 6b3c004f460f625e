"""Files are known by name and content together; what does harm is refused, at a bounded cost."""

from __future__ import annotations

import io
import zlib
from contextlib import suppress
from io import BytesIO

import pytest

from app.accepted.names import clean_name
from app.accepted.office import LARGEST_DIRECTORY, begins_with_element
from app.accepted.refusal import AttachmentError
from app.accepted.types import checked_type
from tests.applications.files import (
    MAIN,
    PDF,
    bomb,
    chunk,
    claiming,
    in_words,
    instructed,
    jpeg,
    leading_out,
    many_parts,
    office,
    overlapping,
    packed,
    pdf,
    png,
    relations,
    types,
)  # fmt: skip

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
RELATIONS = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<!-- made by hand --><Relationships/>'

GOOD = {
    "underlag.pdf": PDF,
    "rapport.pdf": pdf(b"<< /Type /Catalog >>", packed(b"<< /Type /Page >>"), b"(om /JavaScript-filer)"),
    "utan packning.pdf": pdf(b"<< /Type /ObjStm >>\nstream\n<< /Type /Page >>\nendstream"),
    "skärmbild.PNG": png(),
    "stor skanning.png": png(10_000, 10_000),
    "foto.jpg": jpeg(),
    "foto.från.telefon.jpeg": jpeg(4_000, 3_000, after=b"SEFH" + bytes(400) + b"SEFT"),
    "offert v1.2.docx": office("word", {"_rels/.rels": RELATIONS, "word/media/bild.png": png()}),
    "kalkyl.xlsx": office("xl", {"xl/sheet.xml": "\ufeff<x/>", "xl/wide.xml": "<x/>".encode("utf-16")}),
    "länkar.docx": office("word", {"word/_rels/m.xml.rels": relations(
        *[("hyperlink", f"https://staden.example/{number}", "External") for number in range(400)],
        ("image", "media/bild.png", "Internal"), ("package", "embeddings/diagram.xlsx", "Internal"),
    )}),
    "egen mall.docx": leading_out("attachedTemplate", "file:///C:\\Users\\anna\\Mallar\\brev.dotx"),
    "mall bredvid.docx": leading_out("attachedTemplate", "brev.dotx"),
    "räknar på.xlsx": leading_out("externalLinkPath", "file:///\\\\server\\budget.xlsx", "xl"),
    "innehåll.docx": instructed(
        "BEGIN", " TOC ", r"\o &quot;1-3&quot; ", "SEPARATE", "BEGIN", " PAGE", "SEPARATE", "BEGIN", "END",
        "END", "END", "BEGIN", " HYPERLINK &quot;https://staden.example/DDE&quot;", "END",
        "BEGIN", "DDEx 1", "END"),
    "om DDE.docx": office(parts={"word/document.xml": in_words("<w:t>DDEAUTO cmd</w:t>")}),
    "om DDE mellan fält.docx": office(parts={"word/document.xml": in_words(
        "<w:instrText></w:instrText><w:t>DDE x</w:t>")}),
    "bilder.pptx": office("ppt", {f"ppt/slides/{number}.xml": "<slide/>" for number in range(300)}),
}  # fmt: skip

BAD = {
    "tom.pdf": (b"", "Filen är tom"),
    "skript.exe": (b"MZ", "Filtypen går inte att ta emot"),
    "sida.html": (b"<html>", "Filtypen går inte att ta emot"),
    "bild.svg": (b"<svg/>", "Filtypen går inte att ta emot"),
    "utan ändelse": (PDF, "Filtypen går inte att ta emot"),
    "arkiv.pdf.zip": (office(), "Filtypen går inte att ta emot"),
    "makron.docm": (office(), "Filtypen går inte att ta emot"),
    "faktura.exe.pdf": (PDF, "dubbla ändelser"),
    "faktura.exe .pdf": (PDF, "dubbla ändelser"),
    "sida.HTML.png": (png(), "dubbla ändelser"),
    "makron.xlsm.xlsx": (office("xl"), "dubbla ändelser"),
    # --- what is not what it says
    "bild.pdf": (png(), "stämmer inte"),
    "text.pdf": (b"<script>alert(1)</script>", "stämmer inte"),
    "blad.docx": (office("xl"), "stämmer inte"),
    "arkiv.docx": (b"PK\x03\x04 trasigt", "stämmer inte"),
    "pdf som word.docx": (PDF, "stämmer inte"),
    "avbruten.pdf": (PDF[:-5], "stämmer inte"),
    "avbruten.png": (png()[:-9], "stämmer inte"),
    "avbruten.jpg": (jpeg()[:-2], "stämmer inte"),
    "avbruten.docx": (office()[:-9], "stämmer inte"),
    "bara huvud.png": (b"\x89PNG\r\n\x1a\n" + bytes(40), "stämmer inte"),
    "bara huvud.jpg": (b"\xff\xd8\xff\xe0" + bytes(40), "stämmer inte"),
    # --- two things at once
    "före.pdf": (b"<html><script>x</script>" + PDF, "stämmer inte"),
    "pdf och arkiv.pdf": (PDF + office(), "stämmer inte"),
    "bild och arkiv.png": (png() + office(), "stämmer inte"),
    "bild och arkiv.jpg": (jpeg() + office(), "stämmer inte"),
    "program och arkiv.docx": (b"MZ" + bytes(100) + office(), "stämmer inte"),
    "arkiv och mer.docx": (office() + b"<script>", "stämmer inte"),
    # --- bombs
    "bomb.docx": (bomb(), "packar upp"),
    "många.docx": (many_parts(5_001), "packar upp"),
    "på varandra.docx": (overlapping(), "packar upp"),
    "skratt.docx": (office(parts={"word/document.xml": LAUGHS}), "stämmer inte"),
    "skratt i brett.docx": (office(parts={"word/x.xml": LAUGHS.encode("utf-16")}), "stämmer inte"),
    "gömt skratt.docx": (office(parts={"word/x.rels": f"<!--{'x' * 5_000}-->{LAUGHS}"}), "stämmer inte"),
    "lång lista.docx": (office(listed=types("word") + " " * 600_000), "packar upp"),
    "enorm.png": (png(40_000, 10), "bildpunkter"),
    "bred och hög.png": (png(20_000, 20_000), "bildpunkter"),
    "enorm.jpg": (jpeg(65_000, 65_000), "bildpunkter"),
    "ingenting.png": (png(0, 5), "stämmer inte"),
    "många bitar.png": (png(2, 2, *[chunk(b"tEXt", b"")] * 20_001), "packar upp"),
    "packad bomb.pdf": (pdf(packed(bytes(40 * MEGABYTE))), "packar upp"),
    "strömmar.pdf": (pdf(*[b"<<>>stream\nendstream"] * 100_001), "packar upp"),
    # --- programs, files inside, locks
    "makron.docx": (office(parts={"word/vbaProject.bin": b"x"}), "makron"),
    "makron i listan.docx": (
        office(listed=types("word", "application/vnd.ms-word.document.macroEnabled")), "makron"),
    "kontroller.xlsx": (office("xl", {"xl/activeX/activeX1.bin": b"x"}), "makron"),
    "gamla makron.xlsx": (office("xl", {"xl/macrosheets/sheet1.xml": "<x/>"}), "makron"),
    "program.docx": (office(parts={"word/embeddings/x.exe": b"MZ"}), "makron"),
    "blad med makron.docx": (office(parts={"word/embeddings/blad.xlsm": b"PK"}), "makron"),
    # --- what is fetched when it is opened
    "mall.docx": (leading_out("attachedTemplate", "https://elsewhere.example/x.dotm"), "hämtar innehåll"),
    "mall på server.docx": (leading_out("attachedTemplate", r"file:///\\server\x.dotm"), "hämtar innehåll"),
    "mall på share.docx": (leading_out("attachedTemplate", "//server/x.dotm"), "hämtar innehåll"),
    "ram.docx": (leading_out("frame", "file:///C:/x.htm"), "hämtar innehåll"),
    "bild utifrån.pptx": (leading_out("image", "http://elsewhere.example/1.png", "ppt"), "hämtar innehåll"),
    "versaler.xlsx": (leading_out("AttachedTemplate", "ftp://x/y", "xl", "EXTERNAL"), "hämtar innehåll"),
    "sen.docx": (office(parts={"word/_rels/m.xml.rels": relations(
        *[("hyperlink", "https://x.example", "External")] * 400, ("image", "http://x.example/1", "External"),
    )}), "hämtar innehåll"),
    "kommando.xlsx": (office("xl", {"xl/externalLinks/externalLink1.xml":
        '<externalLink><x:ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'}), "hämtar innehåll"),
    "fält.docx": (instructed("BEGIN", r' DDEAUTO c:\\x.exe "/k"', "SEPARATE", "END"), "hämtar innehåll"),
    "fält i bitar.docx": (instructed("BEGIN", " DD<!-- -->E", "<![CDATA[AU]]>", "&#84;O x", "END"), "hämtar"),
    "fält i fält.docx": (instructed("BEGIN", "IF 1 ", "BEGIN", "dde x y", "END", "END"), "hämtar innehåll"),
    "fält som slutar fel.docx": (instructed("DDE", " excel x", "BEGIN"), "hämtar innehåll"),
    "fält utan slut.docx": (instructed("BEGIN", "PAGE ", "BEGIN", "DDE x"), "hämtar innehåll"),
    "fält som gör fält.docx": (instructed("BEGIN", "BEGIN", "QUOTE 68 68 69", "END", " x", "END"), "granska"),
    "enkelt fält.docx": (office(parts={"word/header1.xml": in_words(
        "<w:p>" + " " * 9_000 + '<w:fldSimple w:instr="&#68;DE x y"/></w:p>')}), "hämtar innehåll"),
    "fält i brett.docx": (office(parts={"word/footer1.xml": in_words(
        '<w:fldSimple w:instr="DDE x y"/>').replace("?>", ' encoding="utf-16"?>').encode("utf-16")}),
        "hämtar innehåll"),
    "trasig text.docx": (office(parts={"word/document.xml": "<a>" + "x" * 9_000}), "stämmer inte"),
    "enorm text.docx": (office(parts={"word/document.xml": "<a>" + " " * 65 * MEGABYTE}), "packar upp"),
    "objekt.docx": (leading_out("oleObject", "embeddings/o.bin", mode="Internal"), "inbäddade objekt"),
    "objekt utifrån.docx": (leading_out("oleObject", "https://x.example/y"), "inbäddade objekt"),
    "trasig lista.docx": (office(parts={"word/_rels/m.xml.rels": "<Relationships><"}), "stämmer inte"),
    "lång lista av länkar.docx": (
        office(parts={"word/_rels/m.xml.rels": "<Relationships>" + " " * 9 * MEGABYTE}), "packar upp"),
    "utbrytning.docx": (office(parts={"../../x.xml": "<x/>"}), "stämmer inte"),
    "låst.docx": (OLD_OFFICE, "lösenord"),
    "låst del.docx": (claiming(office(), 8, 1, "<H"), "lösenord"),
    "skript.pdf": (pdf(b"<< /S /JavaScript /JS (app.alert(1)) >>"), "program i sig"),
    "gömt skript.pdf": (pdf(b"<< /S /Java#53cript /#4a#53 (x) >>"), "program i sig"),
    "packat skript.pdf": (pdf(b"<<>>", packed(b"<< /S /JavaScript >>")), "program i sig"),
    "starta.pdf": (pdf(b"<< /S /Launch /F (cmd.exe) >>"), "program i sig"),
    "formulär.pdf": (pdf(b"<< /AcroForm << /XFA 5 0 R >> >>"), "program i sig"),
    "filer i.pdf": (pdf(b"<< /Names << /EmbeddedFiles 4 0 R >> >>"), "andra filer"),
    "låst.pdf": (pdf(b"<<>>", after=b"<< /Encrypt 9 0 R >>\n%%EOF"), "lösenord"),
    "packat två gånger.pdf": (pdf(packed(b"x", said=b"/Filter [/ASCIIHexDecode /FlateDecode]")), "granska"),
    "packat fel.pdf": (pdf(packed(b"x").replace(zlib.compress(b"x")[:2], b"zz")), "granska"),
    "ström som ingen är.pdf": (pdf(b"%stream\n<< /S /JavaScript >>"), "granska"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_taken_in(name: str) -> None:
    kind = checked_type(BytesIO(GOOD[name]), name, limit=LIMIT)
    expected = {"docx": MAIN["word"], "xlsx": MAIN["xl"], "pptx": MAIN["ppt"], "pdf": "application/pdf"}
    ending = name.rpartition(".")[2].lower()
    assert kind == expected.get(ending, "image/png" if ending == "png" else "image/jpeg")


@pytest.mark.parametrize("name", BAD)
def test_any_other_file_is_refused_with_advice(name: str) -> None:
    content, advice = BAD[name]
    with pytest.raises(AttachmentError) as refused:
        checked_type(BytesIO(content), name, limit=LIMIT)
    assert advice in str(refused.value.reason)


def test_twenty_megabytes_are_the_limit_to_the_byte() -> None:
    filled = b"%PDF-1.7\n" + b"%" * (LIMIT - 15) + b"\n%%EOF"
    assert len(filled) == LIMIT
    assert checked_type(BytesIO(filled), "stor.pdf", limit=LIMIT) == "application/pdf"
    with pytest.raises(AttachmentError):
        checked_type(BytesIO(filled + b"\n"), "stor.pdf", limit=LIMIT)


class Counted(io.BytesIO):
    """A file that counts what is read of it."""

    counted = 0

    def read(self, size: int | None = -1) -> bytes:
        content = super().read(size)
        self.counted += len(content)
        return content


@pytest.mark.parametrize(
    ("name", "content", "most"),
    [
        ("stor.png", png(2, 2, chunk(b"tEXt", bytes(10 * MEGABYTE))), 1_000),
        ("stor.jpg", jpeg() + bytes(10 * MEGABYTE) + b"\xff\xd9", 70_000),
        ("bomb.docx", bomb(), 10_000),
        ("lång katalog.docx", many_parts(60_000), LARGEST_DIRECTORY + 70_000),
        ("stora delar.docx", office(parts={"word/media/a": bytes(100 * MEGABYTE)}), 20_000),
        ("stora delar.xlsx", office("xl", {"xl/a.xml": b"<a>" + b" " * 100 * MEGABYTE}), 30_000),
        ("stor.pdf", pdf(*[b"<<>>stream\n" + bytes(MEGABYTE) + b"endstream"] * 9), 9 * MEGABYTE + 10_000),
    ],
)
def test_finding_out_costs_little_however_large_the_file_is(name: str, content: bytes, most: int) -> None:
    file = Counted(content)
    with suppress(AttachmentError):
        checked_type(file, name, limit=LIMIT)
    assert file.counted <= most


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<a/>", True),
        ("\n<?xml version='1.0'?>\n<!-- <!DOCTYPE> --><?x y?><ö:a>", True),
        ("", False),
        ("<!DOCTYPE a>", False),
        ("<!--" * 1_000, False),
        ("<!---->" * 500, False),
        ("text <a/>", False),
        ("<?xml", False),
    ],
)
def test_a_part_begins_with_its_first_element(text: str, plain: bool) -> None:
    assert begins_with_element(text) is plain


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Mina dokument\\offert.pdf", "offert.pdf"),
        ("../../etc/offert.pdf", "offert.pdf"),
        ('a"b<c>\r\nd.pdf', "abcd.pdf"),
        ("x" * 300 + ".docx", "x" * 195 + ".docx"),
        ("å" * 300 + ".docx", "å" * 117 + ".docx"),
        ("💥" * 200, "💥" * 60),
        (" .pdf ", "pdf"),
        ("fdp.\u202egnp.exe", "fdp.gnp.exe"),
        ("off\u200bert\ufeff\x00.pdf", "offert.pdf"),
        ("a\u0308nglar.pdf", "änglar.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1", "_lpt1"),
        ("connection.pdf", "connection.pdf"),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_file_keeps_its_own_name_and_nothing_else(given: str, kept: str) -> None:
    assert clean_name(given) == kept
