"""Why a file is not taken in, in words that say what to do."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l


class AttachmentError(ValueError):
    """The file is not taken in; `reason` says what to do."""

    def __init__(self, reason: Any) -> None:
        super().__init__(str(reason))
        self.reason = reason


UNKNOWN_TYPE = _l("Filtypen går inte att ta emot. Välj PDF, Word, Excel, PowerPoint, PNG eller JPEG.")
UNKNOWN_TABLE = _l("Filtypen går inte att läsa in. Välj en Excelfil (.xlsx) eller en CSV-fil.")
TWO_ENDINGS = _l("Filnamnet har dubbla ändelser. Byt namn på filen och försök igen.")
EMPTY = _l("Filen är tom. Kontrollera att du valde rätt fil.")
TOO_LARGE = _l("Filen är för stor. En bilaga får vara högst 20 MB.")
NOT_WHAT_IT_SAYS = _l(
    "Innehållet stämmer inte med filnamnets ändelse. Öppna filen och spara den i rätt format."
)
UNPACKS_TOO_FAR = _l("Filen packar upp till orimligt mycket. Spara den som PDF i stället.")
LOCKED = _l("Filen är skyddad med lösenord. Spara den utan skydd, så att alla som ska läsa den kan det.")
OLD_OFFICE = _l(
    "Filen är skyddad med lösenord eller sparad i ett äldre format. Spara den utan lösenord som Word, Excel "
    "eller PowerPoint av i dag."
)
HAS_MACROS = _l("Filen har makron eller andra program i sig. Spara den utan makron eller som PDF.")
FETCHES = _l(
    "Filen hämtar innehåll från en annan plats när den öppnas, till exempel en mall eller en bild. "
    "Ta bort länken eller spara filen som PDF."
)
HAS_OBJECTS = _l(
    "Filen har inbäddade objekt från andra program i sig. Bifoga dem för sig eller spara filen som PDF."
)
PDF_HAS_PROGRAMS = _l("PDF-filen har program i sig. Skriv ut den till en ny PDF och bifoga den.")
PDF_HAS_FILES = _l("PDF-filen har andra filer i sig. Bifoga varje fil för sig.")
CANNOT_BE_READ = _l("Filen går inte att granska. Öppna den, skriv ut den till en ny PDF och bifoga den.")
PICTURE_TOO_LARGE = _l("Bilden har för många bildpunkter. Förminska den och försök igen.")
