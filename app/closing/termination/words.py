"""What is missing, what becomes of contracts and benefits: in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.termination import ContractState, Fate, Lack, Lacking
from app.web.formats import exact
from app.web.tags import Tag

LACKS: Mapping[Lacking, Any] = {
    Lacking.DECISION: _l("Beslutet att avbryta projektet är inte registrerat."),
    Lacking.DELIVERED: _l("Vad som är levererat är inte redovisat."),
    Lacking.REUSABLE: _l("Vad som kan återanvändas är inte redovisat, eller att inget kan det."),
    Lacking.CONTRACTS: _l("Vilka avtal som ska avslutas är inte redovisat, eller att det inte finns några."),
    Lacking.CONTRACT: _l("Avtalet med %(about)s har inget slut."),
    Lacking.BENEFIT: _l("Vad som blir av nyttan ”%(about)s” är inte redovisat."),
    Lacking.REQUISITION: _l("Rekvisition %(about)s är inte avslutad."),
    Lacking.MONEY: _l("%(amount)s är inte återfört till ramen: %(about)s."),
}

CONTRACT_STATES: Mapping[ContractState, Tag] = {
    ContractState.OPEN: Tag(_l("Inte uppsagt"), "bad", "triangle"),
    ContractState.NOTICE_GIVEN: Tag(_l("Uppsagt"), "info", "half"),
    ContractState.ENDED: Tag(_l("Avslutat"), "good", "check"),
    ContractState.TAKEN_OVER: Tag(_l("Övertaget"), "good", "square"),
}

FATES: Mapping[Fate, Any] = {
    Fate.WRITTEN_OFF: _l("Avskrivs helt"),
    Fate.PARTLY: _l("Kommer delvis ändå"),
}

TO_TELL = Tag(_l("Ska redovisas"), "waiting", "triangle")
"""What an interrupted project leaves waits for the one who looks."""


def lack_text(lack: Lack) -> str:
    """What is missing, as a sentence."""
    amount = "" if lack.amount is None else exact(lack.amount)
    return str(LACKS[lack.what]) % {"about": lack.about, "amount": amount}


def contract_tag(status: str) -> Tag:
    """What has become of a contract, as it is stored."""
    return CONTRACT_STATES[ContractState(status)]


def fate_word(fate: Fate) -> Any:
    """What becomes of a benefit."""
    return FATES[fate]


def not_reached_word(ended: bool) -> Any:
    """Of a milestone without a day: as long as the project ends, nobody may have told of it yet."""
    return _l("Nåddes inte") if ended else _l("Inte redovisad")
