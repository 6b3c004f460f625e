"""Memos and meeting packs: what is proposed or decided stands first, with the same figures as on the page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest

from app.applications import queries as applications
from app.benefits import results
from app.db import transaction
from app.decisions import service
from app.decisions.documents import amount_table, memo, memo_pdf
from app.decisions.dossier import Dossier, dossier_of
from app.decisions.models import DecisionKind, OpinionKind
from app.decisions.rules import Amount
from app.decisions.watch import watch_points
from app.programmes.models import Programme
from app.projects.models import Project
from app.web import paper
from app.web.formats import kronor
from tests import review_story as story
from tests.conftest import TODAY, Browser, Cast
from tests.decisions.meeting import packed
from tests.pdf import reading
from tests.review_story import LATER
from tests.story import reloaded, started, submitted

HOSTILE = "<b>fet</b> {{ 7 * 7 }} %(x)s"
CONDITIONS = [("Utgångsvärdet mäts först.", date(2027, 9, 1)), ("Driften finansieras.", None)]


def dossier(project: Project) -> Dossier:
    found = dossier_of(project, TODAY)
    assert found is not None
    return found


def printed(project: Project) -> str:
    return reading.text(paper.made(partial(memo_pdf, dossier(project), "sv")))


def test_before_a_proposal_the_applicants_own_stands_first(cast: Cast, programme: Programme) -> None:
    text = printed(story.taken_in(cast, programme))
    assert "Sökandens förslag till beslut 1 500 000 kr Miljöförvaltningen beviljas" in text
    assert "Beslutas av Programdirektören, högst 3 000 000 kr" in text


def test_once_proposed_to_a_meeting_the_proposal_stands_first(cast: Cast, programme: Programme) -> None:
    project = story.in_council(cast, programme)
    packed(cast, programme, project)
    assert "Förslag till beslut Bevilja 1 500 000 kr Som ansökt." in printed(project)


def test_after_the_decision_it_stands_first_with_amounts_reasons_and_conditions(
    cast: Cast, programme: Programme
) -> None:
    project = story.awaiting_decision(cast, programme)
    story.decide(cast.secretary, project, conditions=CONDITIONS)
    text = printed(reloaded(project))
    assert "Beslut Beviljad: 1 500 000 kr Beslutat 2027-03-04 av Kommunstyrelsens utskott." in text
    assert "Miljöförvaltningen 500 000 1 000 000 1 500 000 Summa 500 000 1 000 000 1 500 000" in text
    assert "1.1 Skäl Nyttan överstiger kostnaden." in text
    assert "1. Utgångsvärdet mäts först, senast 2027-09-01. 2. Driften finansieras." in text
    assert "KSU 2027-03-04 § 7" in text
    assert "Rådet tillstyrker." in text


def test_the_course_of_the_case_tells_of_returns_but_not_what_was_asked(
    cast: Cast, programme: Programme
) -> None:
    project = story.resubmitted(cast, story.returned(cast, story.taken_in(cast, programme)))
    text = printed(project)
    assert "2027-03-04 Åter för komplettering, svar senast 2027-03-31." in text
    assert "2027-03-05 Version 2 kom in." in text
    assert "Två saker saknas" not in text
    assert story.QUESTIONS[0][1] not in text


def test_the_memo_shows_the_figures_of_the_calculation_page(
    cast: Cast, programme: Programme, browser: Browser
) -> None:
    project = story.in_council(cast, programme)
    text = printed(project)
    page = " ".join(browser.sign_in(cast.leader).get(f"/projekt/{project.id}/ansokan/las").text.split())
    for figure in results.key_figures(dossier(project).inputs, "sv")[:4]:
        value = " ".join(figure.value.split())
        assert value in text
        assert value in page.replace("\u00a0", " ")


def test_amounts_in_ore_add_up_to_the_ore() -> None:
    amounts = [
        Amount(1, 2027, Decimal("100.10")),
        Amount(2, 2027, Decimal("0.25")),
        Amount(1, 2028, Decimal(7)),
    ]
    table = amount_table("", amounts, {"1": "B", "2": "A"}, "sv")
    assert table.rows == (("A", "0,25", "0,00", "0,25"), ("B", "100,10", "7,00", "107,10"))
    assert table.footer == (("Summa", "100,35", "7,00", "107,35"),)


def test_a_postponed_case_that_is_taken_up_again_has_no_decision_and_no_old_proposal(
    cast: Cast, programme: Programme
) -> None:
    project = story.in_council(cast, programme)
    packed(cast, programme, project)
    with transaction():
        service.record_opinion(
            cast.secretary, project, meeting_on=LATER.date(), kind=OpinionKind.POSTPONE, text="",
            separate_statements=0, now=LATER,
        )  # fmt: skip
    project = reloaded(project)
    story.decide(cast.secretary, project, kind=DecisionKind.POSTPONE, amounts=[])
    assert "Beslut Uppskjuten" in printed(reloaded(project))
    with transaction():
        service.resume(cast.secretary, reloaded(project), LATER + timedelta(days=1))
    text = printed(reloaded(project))
    assert "Sökandens förslag till beslut" in text
    assert "Beslut: Uppskjuten." in text


def test_hostile_text_in_a_decision_is_printed_as_it_was_typed(cast: Cast, programme: Programme) -> None:
    project = story.awaiting_decision(cast, programme)
    story.decide(cast.secretary, project, conditions=[(HOSTILE, None)], reasons=HOSTILE)
    assert printed(reloaded(project)).count(HOSTILE) == 3


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("secretary", 200, 200),
        ("council", 200, 200),
        ("decider", 200, 200),
        ("auditor", 200, 200),
        ("leader", 403, 200),
        ("manager", 403, 200),
        ("controller", 403, 403),
        ("other_leader", 404, 404),
        ("administrator", 404, 404),
        ("nobody", 404, 404),
    ],
)
def test_the_applicant_reads_the_memo_once_it_is_decided(
    cast: Cast, programme: Programme, browser: Browser, who: str, before: int, after: int
) -> None:
    project = story.awaiting_decision(cast, programme)
    address = f"/projekt/{project.id}/beslutsunderlag.pdf"
    browser.sign_in(getattr(cast, who))
    assert browser.get(address).status_code == before
    story.decide(cast.secretary, project)
    assert browser.get(address).status_code == after


def test_without_an_application_there_is_no_memo(cast: Cast, programme: Programme, browser: Browser) -> None:
    project = started(cast, programme)
    answer = browser.sign_in(cast.auditor).get(f"/projekt/{project.id}/beslutsunderlag.pdf")
    assert answer.status_code == 403
    assert "när ansökan har kommit in" in answer.text


def test_what_to_watch_is_found_in_the_figures(cast: Cast, programme: Programme) -> None:
    project = submitted(cast, programme, applied=Decimal(90_000_000))
    points = watch_points(dossier(project), "sv")
    version = applications.newest_version(project.id)
    assert version is not None
    value = kronor(version.net_present_value)
    assert f"Nyttan överstiger aldrig kostnaden inom kalkylperioden: nettonuvärdet är {value}." in points
    assert "Driften är finansierad till och med 2031-12-31, men kalkylen räknar till och med 2036." in points


def test_a_memo_in_a_pack_carries_its_name_and_no_contents(cast: Cast, programme: Programme) -> None:
    found = memo(dossier(story.in_council(cast, programme)), "sv", "Ärende 4")
    text = reading.text(paper.made(lambda order: order.render(found)))
    assert "Ärende 4, sida 1" in text
    assert "Innehåll" not in text


def test_the_english_memo_has_no_swedish_labels_left(cast: Cast, programme: Programme) -> None:
    project = story.awaiting_decision(cast, programme)
    story.decide(cast.secretary, project, conditions=CONDITIONS)
    found = dossier(reloaded(project))
    swedish = reading.text(paper.made(partial(memo_pdf, found, "sv")))
    english = reading.text(paper.made(partial(memo_pdf, found, "en")))
    labels = (
        "Beslutsunderlag", "Diarienummer", "Ansvarig förvaltning", "Sökt belopp", "Sammanfattning",
        "Innehåll", "Ärendets gång", "Yttrande", "Pengar per förvaltning", "Risker", "Driftsplan", "Kalkyl",
        "Att uppmärksamma", "Nettonuvärde", "Brytår", "Villkor", "Skäl", "Sida ",
    )  # fmt: skip
    assert [label for label in labels if label not in swedish] == []
    assert [label for label in labels if label in english] == []
