"""How a benefit ends: proposed by its department, verified by somebody else, and never again changed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import DatabaseError

from app.closing.termination import service as terminations
from app.closing.termination.values import OutcomeValues
from app.core.realisation import BenefitEnd, Light
from app.core.termination import Fate
from app.core.verdict import RefusedError
from app.db import db, transaction
from app.export.everything import everything
from app.programmes.models import Programme
from app.realisation import closing, pages, queries, register, waiting
from app.realisation.closing import LostError, NeverMeasuredError
from app.realisation.models import Benefit
from app.realisation.register import Wanted
from app.realisation.reminding import due_measurements
from tests.closing import terminating_story
from tests.conftest import Browser, Cast
from tests.drafting import opened
from tests.realisation.measuring_story import (
    AFTERWARDS,
    SECOND_DUE,
    TODAY,
    all_ended,
    ended,
    measure,
    measured,
    of,
    plan,
    propose,
    with_plan,
)


def test_a_benefit_ends_when_somebody_else_agrees(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    propose(cast, project)
    assert of(cast.leader, project).benefit.standing == "proposed"
    (row,) = waiting.to_judge(cast.secretary, limit=9)
    assert row.project_id == project.id
    with transaction():
        closing.verify(cast.secretary, of(cast.secretary, project), "", AFTERWARDS)
    benefit = of(cast.leader, project).benefit
    assert (benefit.standing, benefit.outcome, benefit.next_due_on) == ("closed", "partly", None)
    assert waiting.to_judge(cast.secretary, limit=9) == []
    assert pages.benefits_page(cast.leader, project, TODAY).rows[0].light is Light.CLOSED
    listed = register.Found(cast.secretary, Wanted(lights=frozenset({Light.CLOSED})), TODAY).sums
    assert listed.count == 1
    assert list(due_measurements(SECOND_DUE)) == []


def test_what_has_ended_changes_no_more(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    ended(cast, project)
    for act in (
        lambda: plan(cast, project, owner_role="Någon annan"),
        lambda: measure(cast, project),
        lambda: propose(cast, project),
        lambda: ended(cast, project),
    ):
        with pytest.raises(RefusedError):
            act()
        db.session.rollback()


def test_what_is_sent_back_goes_on_and_can_be_proposed_again(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    propose(cast, project)
    with pytest.raises(RefusedError):
        propose(cast, project)
    db.session.rollback()
    with pytest.raises(RefusedError, match="Skriv varför"):
        closing.send_back(cast.secretary, of(cast.secretary, project), " ", AFTERWARDS)
    with transaction():
        closing.send_back(cast.secretary, of(cast.secretary, project), "Mät ett år till.", AFTERWARDS)
    assert of(cast.leader, project).benefit.standing == "open"
    propose(cast, project, BenefitEnd.REALISED, None)
    assert len(queries.ends_of(of(cast.leader, project).benefit.id)) == 2


def test_nobody_verifies_what_he_has_proposed_himself(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    propose(cast, project)
    for viewer in (cast.manager, cast.leader, cast.controller, cast.auditor):
        with pytest.raises(RefusedError):
            closing.verify(viewer, of(viewer, project), "", AFTERWARDS)
    both = replace(cast.manager, roles=cast.manager.roles | cast.secretary.roles)
    with pytest.raises(RefusedError):
        closing.verify(both, of(both, project), "", AFTERWARDS)
    proposed = queries.proposed_end(of(cast.leader, project).benefit.id)
    assert proposed is not None
    himself = text(
        "insert into benefit_verdict (project_id, closing_id, proposed_by_id, judged_by_id, verified, words,"
        " judged_at) select project_id, id, proposed_by_id, proposed_by_id, :yes, '', proposed_at"
        " from benefit_closing where id = :id"
    )
    with pytest.raises(DatabaseError, match="four_eyes"), transaction():
        db.session.execute(himself, {"id": proposed.id, "yes": True})


def test_what_nobody_measured_has_not_come(cast: Cast, programme: Programme) -> None:
    project = with_plan(cast, programme)
    for outcome in (BenefitEnd.REALISED, BenefitEnd.PARTLY):
        with pytest.raises(NeverMeasuredError):
            propose(cast, project, outcome)
        db.session.rollback()
    for lost in (None, Decimal(1_380_001)):
        with pytest.raises(LostError):
            propose(cast, project, BenefitEnd.ABANDONED, lost)
        db.session.rollback()
    propose(cast, project, BenefitEnd.ABANDONED, Decimal(1_380_000))


def test_from_a_proposal_to_an_ended_benefit(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    place = f"/projekt/{project.id}/nyttor/{of(cast.leader, project).benefit.id}"
    browser.sign_in(cast.manager)
    forecast = opened(browser, f"{place}/prognos")
    said = {"yearly": "900 000", "starts_on": "2029-07-01", "reason": "Fler ringer än väntat."}
    assert browser.post(f"{place}/prognos", data=forecast | said).status_code == 302
    form = opened(browser, f"{place}/avsluta") | {"outcome": "partly", "reason": "Hälften kom."}
    answer = browser.post(f"{place}/avsluta", data=form)
    assert answer.status_code == 422
    assert "Ange beloppet per år, högst det som är utlovat." in answer.text
    assert browser.post(f"{place}/avsluta", data=form | {"lost": "690 000"}).status_code == 302
    browser.sign_in(cast.secretary)
    assert f"{place}/prova" in browser.get("/").text
    judge = opened(browser, f"{place}/prova")
    assert "Skriv varför." in browser.post(f"{place}/prova", data=judge | {"answer": "return"}).text
    assert browser.post(f"{place}/prova", data=judge | {"answer": "verify"}).status_code == 302
    page = browser.get(place).text
    for words in (
        "Avslutad, delvis hemtagen",
        "Delvis hemtagen",
        "690\xa0000",
        "Hälften kom.",
        "900\xa0000",
        "Fler ringer",
    ):
        assert words in page


def test_what_is_written_off_with_its_project_has_ended_with_it(cast: Cast, programme: Programme) -> None:
    project = terminating_story.terminating(cast, programme)
    found = terminating_story.benefit(cast.leader, project)
    for fate, share, standing in (
        (Fate.WRITTEN_OFF, None, "closed"),
        (Fate.PARTLY, Decimal("0.5"), "open"),
        (Fate.WRITTEN_OFF, None, "closed"),
    ):
        owner = "" if share is None else "Enhetschef"
        with transaction():
            terminations.tell_outcome(
                cast.leader,
                found,
                OutcomeValues(fate=fate, reason="Avbrutet.", share=share, owner=owner),
                AFTERWARDS,
            )
        assert of(cast.leader, project).benefit.standing == standing
        found = terminating_story.benefit(cast.leader, project)


def test_the_export_tells_all_of_a_benefit_in_plain_text(cast: Cast, programme: Programme) -> None:
    project = measured(cast, programme)
    ended(cast, project)
    first, second = everything(TODAY)["benefits"]
    assert (first["realised"], first["outcome"], second["plan"]) == ("379500", "partly", None)
    assert first["promised_total"] == "11040000"
    assert sum(int(amount) for amount in first["promised"].values()) == 11_040_000
    assert first["plan"]["baseline"] == "1000"
    assert [row["value"] for row in first["measurements"]] == ["379500"]
    assert [(row["outcome"], row["verified"]) for row in first["ends"]] == [("partly", True)]
    assert [row["yearly"] for row in first["forecasts"]] == ["1"]
    assert json.loads(json.dumps(first)) == first


def figures(text: str) -> dict[str, str]:
    """What stands among the figures at the top of a page, by its label."""
    found = re.findall(r"<dt>([^<]*)</dt>\s*<dd[^>]*>(.*?)</dd>", text, re.DOTALL)
    return {
        label: re.sub(r"\D", "", re.sub(r"<[^>]*>", "", said.partition("kr")[0])) for label, said in found
    }


def test_of_what_is_closed_nothing_remains_and_what_did_not_come_is_said(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = measured(cast, programme)
    first = f"/projekt/{project.id}/nyttor/{of(cast.leader, project).benefit.id}"
    whole = f"/projekt/{project.id}/nyttor"
    browser.sign_in(cast.secretary)
    before = figures(browser.get(whole).text)
    assert "Kom inte" not in before
    remains = figures(browser.get(first).text)["Återstår"]
    ended(cast, project)
    page = browser.get(first).text
    assert "Återstår" not in page
    assert figures(page)["Kom inte"] == remains
    assert "Avslutat: inget mer väntas." in page
    after = figures(browser.get(whole).text)
    assert (after["Utlovat"], after["Realiserat"]) == (before["Utlovat"], before["Realiserat"])
    assert int(after["Återstår"]) + int(after["Kom inte"]) == int(before["Återstår"])
    assert after["Kom inte"] == remains


def test_what_came_besides_the_promise_is_said_as_that(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = measured(cast, programme)
    with transaction():
        promised = {"promised": {"2028": "1000"}, "promised_total": Decimal(1000)}
        db.session.execute(update(Benefit).values(promised).execution_options(synchronize_session=False))
    db.session.expire_all()
    ended(cast, project)
    benefit = of(cast.leader, project).benefit
    page = browser.sign_in(cast.secretary).get(f"/projekt/{project.id}/nyttor/{benefit.id}").text
    assert figures(page)["Kom utöver löftet"] == f"{benefit.realised - 1000:.0f}"
    assert "Kom inte" not in figures(page)


def test_where_everything_is_closed_nothing_remains(
    browser: Browser, cast: Cast, programme: Programme
) -> None:
    project = with_plan(cast, programme)
    all_ended(cast, project)
    told = figures(browser.sign_in(cast.secretary).get(f"/projekt/{project.id}/nyttor").text)
    assert "Återstår" not in told
    assert told["Kom inte"] == told["Utlovat"]
