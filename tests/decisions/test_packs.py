"""The documents of a meeting: the cover answers, every case has one page, and nothing moves afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from pikepdf import Name

from app.db import transaction
from app.decisions import service
from app.decisions.models import OpinionKind
from app.decisions.pack_documents import Case, cases_of, one_page_each, pack_pdf
from app.decisions.queries import Agenda
from app.decisions.watch import shortened
from app.programmes.models import Programme
from app.projects import service as projects
from app.web import paper
from tests import review_story as story
from tests.conftest import Browser, Cast
from tests.decisions.meeting import agenda, packed
from tests.pdf import reading
from tests.review_story import LATER
from tests.story import in_state, reloaded


def printed(what: Agenda) -> bytes:
    return paper.made(partial(pack_pdf, what, "sv"))


def test_the_cover_answers_how_many_how_much_what_and_what_to_watch(cast: Cast, programme: Programme) -> None:
    first = story.in_council(cast, programme)
    second = story.in_council(cast, programme, title="Kulturkort", applied=Decimal(2_000_000))
    with transaction():
        projects.remark(cast.secretary, second, "Summan stämmer inte.", source="", now=LATER)
    made = printed(agenda(cast.council, packed(cast, programme, first, second)))
    cover = reading.text(made, 1)
    assert "Ärenden Sökt Föreslaget 2 3 500 000 kr 3 500 000 kr" in cover
    assert "2 genomföranden" in cover
    assert "av 100 000 000 kr kvar i ramen" in cover
    assert "Ärende 2: Summan stämmer inte." in cover
    assert "Summa 3 500 000 3 500 000" in cover
    for page in range(1, reading.page_count(made) + 1):
        assert f"Handlingarnas sida {page} ({reading.page_count(made)})" in reading.text(made, page)


def test_the_pages_that_the_cover_names_are_the_right_ones(cast: Cast, programme: Programme) -> None:
    project = story.in_council(cast, programme)
    made = printed(agenda(cast.council, packed(cast, programme, project)))
    assert "2027-0001 2 3" in reading.text(made, 1)
    assert "Ärende 1, sida 1 (1)" in reading.text(made, 2)
    assert "Beslutsunderlag" in reading.text(made, 3)
    opened = reading.opened(made)
    assert [title for title, _ in reading.bookmarks(opened)] == [
        "Möte 20 mars 2027", "Ärende 1: sammanfattning", "Ärende 1: beslutsunderlag",
    ]  # fmt: skip
    assert str(opened.Root.Lang) == "sv"
    assert all("/Alt" in figure for figure in reading.tagged(opened, Name.Figure))


def test_a_pack_is_the_same_bytes_after_the_meeting(cast: Cast, programme: Programme) -> None:
    project = story.in_council(cast, programme)
    pack = packed(cast, programme, project)
    first = printed(agenda(cast.council, pack))
    later = LATER + timedelta(hours=1)
    with transaction():
        service.record_opinion(
            cast.secretary, project, meeting_on=LATER.date(), kind=OpinionKind.APPROVE, text="Ja.",
            separate_statements=0, now=later,
        )  # fmt: skip
        projects.remark(cast.secretary, project, "För sent.", source="", now=later)
    story.decide(cast.secretary, reloaded(project), now=later)
    assert printed(agenda(cast.council, pack)) == first


def test_only_cases_that_the_reader_may_see_are_counted_and_printed(cast: Cast, programme: Programme) -> None:
    gone = story.in_council(cast, programme, title="Hemligt projekt")
    stays = story.in_council(cast, programme, title="Kulturkort")
    pack = packed(cast, programme, gone, stays)
    in_state(gone, "assessment", referred_at=None)
    text = reading.text(printed(agenda(cast.council, pack)))
    assert "Hemligt projekt" not in text
    assert "Ärende 2" not in text
    assert "Ärenden Sökt Föreslaget 1 1 500 000 kr" in text


@pytest.mark.parametrize(
    ("who", "status"),
    [("council", 200), ("decider", 200), ("auditor", 200), ("leader", 404), ("nobody", 404)],
)
def test_packs_are_for_those_who_treat_decide_and_audit(
    cast: Cast, programme: Programme, browser: Browser, who: str, status: int
) -> None:
    pack = packed(cast, programme, story.in_council(cast, programme))
    browser.sign_in(getattr(cast, who))
    assert browser.get(f"/moten/{pack.id}.pdf").status_code == status


def test_a_pack_without_a_case_for_the_reader_says_so(
    cast: Cast, programme: Programme, browser: Browser
) -> None:
    project = story.in_council(cast, programme)
    pack = packed(cast, programme, project)
    in_state(project, "assessment", referred_at=None)
    answer = browser.sign_in(cast.council).get(f"/moten/{pack.id}.pdf")
    assert answer.status_code == 403
    assert "inga ärenden" in answer.text


def crowded(case: Case) -> Case:
    """The case with the longest texts that the forms take, on everything that the summary shows."""
    words = "Handläggningsprocesserna kontaktcenterplattformen ".strip() + " "

    def text(length: int) -> str:
        return (words * length)[:length].strip()

    version = case.dossier.version
    content: dict[str, Any] = {
        **version.content,
        "title": text(200),
        "lead_department": text(120),
        "leader": text(120),
        "sections": {**version.content["sections"], "summary": {"summary": text(2000)}},
    }
    fake = SimpleNamespace(
        content=content, number=12, applied_amount=Decimal(123_456_789), submitted_at=LATER
    )
    item = SimpleNamespace(
        proposal="approve_in_part", proposal_text=text(4000), proposed_amount=Decimal(98_765_432)
    )
    remarks = [SimpleNamespace(text=text(3000), source="", created_at=LATER)]
    delegations = [SimpleNamespace(decider=text(160), limit=None)]
    crowd: Any = {"version": fake, "item": item, "remarks": remarks, "delegations": delegations}
    return replace(case, dossier=replace(case.dossier, **crowd))


def test_a_case_fits_on_its_page_however_much_is_written(cast: Cast, programme: Programme) -> None:
    pack = packed(cast, programme, story.in_council(cast, programme))
    case = crowded(cases_of(agenda(cast.council, pack))[0])
    with paper.press().order() as order:
        (page,) = one_page_each([case], "sv", order)
        assert page.made.pages == 1
    assert "Att uppmärksamma" in reading.text(page.made.pdf)


def test_texts_are_cut_after_a_whole_word() -> None:
    assert shortened("Kort text.", 20) == "Kort text."
    assert shortened("Ett två, tre fyra", 12) == "Ett två …"
    assert shortened("Det är\n −661\u00a0604\u00a0kr.", 30) == "Det är −661\u00a0604\u00a0kr."


def test_a_long_text_is_cut_after_a_whole_sentence_when_one_fits() -> None:
    assert shortened("Första meningen är ganska lång. Andra meningen får inte plats.", 50) == (
        "Första meningen är ganska lång. …"
    )
