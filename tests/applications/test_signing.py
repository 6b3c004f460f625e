"""Signing, submitting, completing, taking back: each verb, who may take it, and what it leaves behind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Role
from app.accounts.queries import person, roles_of
from app.applications import service
from app.applications.models import ApplicationVersion
from app.applications.queries import newest_version, versions_of
from app.applications.snapshot import sha256_of
from app.core.verdict import RefusedError
from app.core.workflow import State
from app.db import db, transaction
from app.history.guard import FixedRecordError
from app.notifications.models import Notification
from app.programmes import service as programmes
from app.programmes.models import Programme
from app.programmes.queries import rounds_of
from app.projects.models import Project
from tests import story
from tests.applications.conftest import told
from tests.conftest import NOW, Browser, Cast

# --- the first submission --------------------------------------------------------------------------------


def test_asking_for_a_signature_tells_the_manager(cast: Cast, programme: Programme) -> None:
    project = story.awaiting_signature(cast, programme)
    assert project.state == State.AWAITING_SIGNATURE
    assert told(cast.manager) == ["signature_requested"]
    assert told(cast.other_manager) == []


def test_an_incomplete_application_is_not_sent(cast: Cast, programme: Programme) -> None:
    project = story.started(cast, programme)
    with pytest.raises(service.IncompleteError) as refused:
        service.ask_for_signature(cast.leader, project, NOW)
    assert len(refused.value.lacks) > 20
    assert project.state == State.DRAFT


def test_a_signature_makes_version_one(cast: Cast, programme: Programme) -> None:
    project = story.submitted(cast, programme)
    (version,) = versions_of(project.id)
    assert project.state == State.SUBMITTED
    assert project.submitted_at == version.submitted_at == version.signed_at
    assert (version.number, version.signed_by_id, version.submitted_by_id) == (
        1,
        cast.manager.id,
        cast.leader.id,
    )
    assert version.applied_amount == project.applied_amount == Decimal(1_500_000)
    assert version.total_cost == Decimal(1_500_000) + 8 * Decimal(310_000)
    assert version.summary.startswith("Den som vill ha en uteservering")
    assert project.due_on == date(2027, 4, 30), "the round promises an answer within 60 days"
    assert "submitted" in told(cast.secretary)
    assert "submitted" in told(cast.leader)


def test_the_fingerprint_of_a_version_holds_over_the_database(cast: Cast, programme: Programme) -> None:
    project = story.submitted(cast, programme)
    db.session.expire_all()
    version = newest_version(project.id)
    assert version is not None
    assert sha256_of(version.content) == version.content_sha256
    assert sha256_of({**version.content, "title": "Ett annat"}) != version.content_sha256


def test_a_version_cannot_be_changed(cast: Cast, programme: Programme) -> None:
    project = story.submitted(cast, programme)
    version = newest_version(project.id)
    assert version is not None
    version.summary = "Något annat"
    with pytest.raises(FixedRecordError):
        db.session.flush()
    db.session.rollback()


def test_nobody_signs_an_application_of_their_own(cast: Cast, programme: Programme) -> None:
    project = story.awaiting_signature(cast, programme)
    leader = person(cast.leader.id)
    assert leader is not None
    with transaction():
        accounts.grant_role(cast.administrator, leader, Role.MANAGER, cast.department.id, NOW)
    both = Viewer(cast.leader.id, cast.leader.name, "sv", roles_of(cast.leader.id))
    with pytest.raises(RefusedError, match="Du leder projektet"):
        service.sign(both, project, NOW)


@pytest.mark.parametrize("who", ["leader", "other_manager", "secretary", "administrator", "auditor"])
def test_nobody_else_signs_or_sends_back(cast: Cast, programme: Programme, who: str) -> None:
    project = story.awaiting_signature(cast, programme)
    with pytest.raises(RefusedError):
        service.sign(getattr(cast, who), project, NOW)
    with pytest.raises(RefusedError):
        service.send_back(getattr(cast, who), project, "Nej", NOW)


def test_a_round_that_closed_before_the_signature_is_told_and_nothing_is_lost(
    cast: Cast, programme: Programme
) -> None:
    project = story.awaiting_signature(cast, programme)
    (row,) = rounds_of(programme.id)
    with transaction():
        programmes.change_round(
            cast.secretary, row, name=row.name, opens_on=row.opens_on, closes_on=date(2027, 2, 1),
            answer_within_days=60, now=NOW,
        )  # fmt: skip
    with pytest.raises(RefusedError, match="omgången är stängd"):
        service.sign(cast.manager, project, NOW)
    with transaction():
        service.send_back(cast.manager, project, "Omgången stängde.", NOW)
    assert story.reloaded(project).state == State.DRAFT


def test_the_manager_sends_back_with_a_comment(cast: Cast, programme: Programme) -> None:
    project = story.awaiting_signature(cast, programme)
    with pytest.raises(RefusedError, match="Skriv vad"):
        service.send_back(cast.manager, project, "  ", NOW)
    with transaction():
        service.send_back(cast.manager, project, "Driften är för dyr.", NOW)
    assert story.reloaded(project).state == State.DRAFT
    note = db.session.scalars(select(Notification).where(Notification.kind == "sent_back")).one()
    assert (note.person_id, note.details["comment"]) == (cast.leader.id, "Driften är för dyr.")


def test_the_leader_takes_it_back_and_can_write_again(cast: Cast, programme: Programme) -> None:
    project = story.awaiting_signature(cast, programme)
    with transaction():
        service.recall(cast.leader, project, NOW)
        service.save_section(cast.leader, project, "scope", {"included": "Mer"}, NOW)
    assert story.reloaded(project).state == State.DRAFT
    assert told(cast.manager) == ["signature_requested", "recalled"]


# --- taking back -----------------------------------------------------------------------------------------


def test_an_application_is_withdrawn_with_a_reason(cast: Cast, programme: Programme) -> None:
    project = story.registered(cast, programme)
    with pytest.raises(RefusedError, match="varför"):
        service.withdraw(cast.leader, project, "", NOW)
    with transaction():
        service.withdraw(cast.leader, project, "Behovet finns inte kvar.", NOW)
    assert story.reloaded(project).state == State.WITHDRAWN
    assert told(cast.secretary)[-1] == "withdrawn"
    with pytest.raises(RefusedError):
        service.withdraw(cast.leader, project, "Igen.", NOW)


def test_a_draft_is_withdrawn_without_telling_anybody(cast: Cast, programme: Programme) -> None:
    project = story.started(cast, programme)
    with transaction():
        service.withdraw(cast.leader, project, "Fel projekt.", NOW)
    assert db.session.scalars(select(Notification)).all() == []


# --- the pages -------------------------------------------------------------------------------------------


def test_the_whole_way_in_a_browser(browser: Browser, cast: Cast, filled: Project) -> None:
    browser.sign_in(cast.leader)
    answer = browser.post(f"/projekt/{filled.id}/ansokan/underskrift", follow_redirects=False)
    assert answer.headers["Location"] == f"/projekt/{filled.id}"
    browser.post("/logga-ut")
    browser.sign_in(cast.manager)
    page = browser.get(f"/projekt/{filled.id}/underskrift").text
    assert "Kötiden växer med två veckor om året." in page
    assert "Skriv under och skicka in" in page
    unconfirmed = browser.post(f"/projekt/{filled.id}/underskrift", data={})
    assert unconfirmed.status_code == 422
    assert "Kryssa i rutan" in unconfirmed.text
    key = browser.key()
    for _click in range(2):
        signed = browser.post(f"/projekt/{filled.id}/underskrift", data={"confirm": "y", "form_key": key})
        assert signed.headers["Location"] == f"/projekt/{filled.id}/underskrift/klar"
    assert "Ansökan är underskriven och inskickad" in browser.get(signed.headers["Location"]).text


def test_signing_twice_makes_one_version(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = story.awaiting_signature(cast, programme)
    browser.sign_in(cast.manager)
    browser.post(f"/projekt/{project.id}/underskrift", data={"confirm": "y"})
    again = browser.post(f"/projekt/{project.id}/underskrift", data={"confirm": "y"})
    assert again.status_code == 403
    assert "gått vidare" in again.text
    assert len(db.session.scalars(select(ApplicationVersion)).all()) == 1


def test_sending_back_without_a_comment_is_told(browser: Browser, cast: Cast, programme: Programme) -> None:
    project = story.awaiting_signature(cast, programme)
    browser.sign_in(cast.manager)
    answer = browser.post(f"/projekt/{project.id}/underskrift/tillbaka", data={"comment": " "})
    assert answer.status_code == 422
    assert "Skriv vad som behöver ändras." in answer.text
    answer = browser.post(f"/projekt/{project.id}/underskrift/tillbaka", data={"comment": "Räkna om."})
    assert answer.status_code == 302


def test_withdrawing_asks_first(browser: Browser, cast: Cast, filled: Project) -> None:
    browser.sign_in(cast.leader)
    url = f"/projekt/{filled.id}/ansokan/aterta"
    assert "går inte att skicka in igen" in browser.get(url).text
    assert browser.post(url, data={"reason": ""}).status_code == 422
    assert browser.post(url, data={"reason": "Fel."}).status_code == 302
    assert browser.get(url).status_code == 403
