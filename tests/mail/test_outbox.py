"""What is told is mailed: all of it, to whoever wants it, and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.accounts import service as accounts
from app.accounts.models import MailChoice, Person, Role
from app.accounts.queries import grants_of
from app.db import db, transaction
from app.history.service import System
from app.mail import claiming
from app.mail.models import Mail, MailItem, MailState, Reason
from app.notifications import service as notifications
from app.notifications.models import Kind, Notification
from app.projects.models import Project
from tests.conftest import NOW, Cast
from tests.mail.conftest import BASE, Time, choose, mails, only_mail, send, tell
from tests.mail.post_office import PostOffice


def test_what_happened_becomes_a_mail_in_the_same_transaction(cast: Cast, project: Project) -> None:
    tell(cast.leader, cast.manager, project=project)
    told = db.session.scalars(select(Notification).order_by(Notification.id)).all()
    items = db.session.scalars(select(MailItem).order_by(MailItem.id)).all()
    assert [(item.person_id, item.record_id) for item in items] == [(row.person_id, row.id) for row in told]
    assert [mail.id for mail in mails()] == [item.mail_id for item in items]


def test_what_did_not_happen_leaves_no_mail(cast: Cast, project: Project) -> None:
    notifications.notify([cast.leader.id], Kind.DECIDED, project.id, NOW, title=project.title)
    assert len(db.session.scalars(select(Mail)).all()) == 1
    db.session.rollback()
    assert mails() == []
    assert db.session.scalars(select(MailItem)).all() == []


def test_a_mail_says_what_the_inbox_says_and_leads_there(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project, kind=Kind.RETURNED_FOR_COMPLETION, due_on="2027-04-01", questions=2)
    assert send(time) == 1
    (mail,) = office.taken
    assert mail.recipient == "leader@staden.example"
    assert mail.sender == "hemtag@staden.example"
    assert mail.message["Subject"] == "Komplettera ansökan: Bygglov på nätet"
    assert mail.text.splitlines()[:5] == [
        "Komplettera ansökan",
        "Bygglov på nätet",
        "Svara senast 2027-04-01",
        "2 frågor att svara på",
        f"{BASE}/projekt/{project.id}",
    ]
    assert f"{BASE}/mina-installningar" in mail.text
    assert only_mail().state == MailState.SENT
    assert only_mail().address == "leader@staden.example"


def test_a_mail_is_in_the_language_of_its_reader(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    with transaction():
        accounts.set_language(System(), db.session.get_one(Person, cast.leader.id), "en", NOW)
    tell(cast.leader, cast.manager, project=project, kind=Kind.SIGNATURE_REQUESTED)
    send(time)
    subjects = {mail.recipient.partition("@")[0]: mail.message["Subject"] for mail in office.taken}
    assert subjects == {
        "leader": "Sign the application: Bygglov på nätet",
        "manager": "Skriv under ansökan: Bygglov på nätet",
    }


def test_whoever_wants_no_mail_gets_none(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    choose(cast.leader, MailChoice.NEVER)
    tell(cast.leader, project=project)
    assert send(time) == 0
    assert mails() == []


def test_whoever_changes_their_mind_before_it_leaves_is_heard(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    choose(cast.leader, MailChoice.NEVER)
    send(time)
    assert office.taken == []
    assert (only_mail().state, only_mail().reason) == (MailState.CLOSED, Reason.UNWANTED)


def test_whoever_may_no_longer_see_the_case_gets_no_mail_of_it(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.manager, project=project)
    with transaction():
        for grant in grants_of(cast.manager.id):
            assert grant.role == Role.MANAGER
            accounts.end_role(System(), grant, NOW)
    send(time)
    assert office.taken == []
    assert (only_mail().state, only_mail().reason) == (MailState.CLOSED, Reason.UNSEEN)


def test_whoever_has_left_gets_no_mail(cast: Cast, project: Project, office: PostOffice, time: Time) -> None:
    tell(cast.leader, project=project)
    with transaction():
        leader = db.session.get_one(Person, cast.leader.id)
        accounts.change_person(
            System(), leader, email=leader.email, name=leader.name, title="", active=False, now=NOW
        )
    send(time)
    assert office.taken == []
    assert (only_mail().state, only_mail().reason) == (MailState.CLOSED, Reason.LEFT)
    tell(cast.leader, project=project)
    assert len(mails()) == 1, "nor is anything more put into the outbox"


def test_what_is_no_news_any_more_is_not_sent(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    time.passes(days=7)
    send(time)
    assert office.taken == []
    assert (only_mail().state, only_mail().reason) == (MailState.CLOSED, Reason.OLD)


def test_a_mail_that_cannot_be_written_stands_in_nobodys_way(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project)
    with transaction():
        row = db.session.scalars(select(Notification)).one()
        row.kind = "party"
    tell(cast.manager, project=project)
    send(time)
    assert [mail.recipient for mail in office.taken] == ["manager@staden.example"]
    assert [mail.state for mail in mails()] == [MailState.WAITING, MailState.SENT]


def test_one_item_is_put_only_once(cast: Cast, project: Project) -> None:
    tell(cast.leader, project=project)
    (item,) = db.session.scalars(select(MailItem)).all()
    same = MailItem(person_id=item.person_id, kind=item.kind, record_id=item.record_id, created_at=NOW)
    db.session.add(same)
    with pytest.raises(Exception, match=r"(?i)unique"):
        db.session.flush()
    db.session.rollback()
    assert db.session.query(Mail).count() == 1


def test_a_worker_that_slept_may_not_hand_over_what_another_has_in_hand(
    cast: Cast, project: Project, time: Time
) -> None:
    tell(cast.leader, project=project)
    sleepers = claiming.claim_next(time.now)
    time.now += claiming.LEASE
    claiming.take_back(time.now, repeatable=False)
    anothers = claiming.claim_next(time.now)
    assert sleepers is not None
    assert anothers is not None
    assert not claiming.hand_over(sleepers, "leader@staden.example", time.now)
    assert claiming.hand_over(anothers, "leader@staden.example", time.now)
