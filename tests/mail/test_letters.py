"""What a mail holds: nothing that people have written, nor any address, becomes more than that."""

from __future__ import annotations

from app.accounts import service as accounts
from app.accounts.models import Person
from app.db import db, transaction
from app.history.service import System
from app.mail import service
from app.mail.models import MailState, Reason
from app.projects.models import Project
from tests.conftest import NOW, Cast
from tests.mail.conftest import Time, only_mail, send, tell
from tests.mail.post_office import PostOffice


def move_to(cast: Cast, address: str) -> None:
    """The leader has another address."""
    with transaction():
        leader = db.session.get_one(Person, cast.leader.id)
        accounts.change_person(System(), leader, email=address, name="Å", title="", active=True, now=NOW)


def test_letters_beyond_english_in_an_address_need_a_server_that_knows_them(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    move_to(cast, "åsa@räksmörgås.example")
    tell(cast.leader, project=project)
    send(time)
    assert (only_mail().state, only_mail().reason) == (MailState.FAILED, Reason.REFUSED)
    office.manners.offers = ("SMTPUTF8", "8BITMIME")
    with transaction():
        service.send_again(cast.administrator, only_mail(), time.now)
    send(time)
    (mail,) = office.taken
    assert mail.options == "SMTPUTF8"
    assert mail.recipient == "åsa@xn--rksmrgs-5wao1o.example"


def test_a_domain_with_swedish_letters_is_written_as_every_server_knows_it(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    move_to(cast, "asa@räksmörgås.example")
    tell(cast.leader, project=project)
    send(time)
    assert [mail.recipient for mail in office.taken] == ["asa@xn--rksmrgs-5wao1o.example"]


HOSTILE = "Bygglov\r\nBcc: alla@staden.example\r\n\r\n.\r\nMAIL FROM:<x@y>\u202egnp.exe\u2066\x00\x1b[2J"


def test_hostile_words_become_no_header_no_command_and_no_other_line(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    # No database keeps the sign of nothing; what else is hostile comes all the way.
    tell(
        cast.leader,
        project=project,
        title=HOSTILE.replace("\x00", ""),
        comment=".\r\n.\r\n..\n" + HOSTILE[:-5],
    )
    send(time)
    (mail,) = office.taken
    assert mail.message["Bcc"] is None
    assert mail.message["Subject"].count("\n") == 0
    assert "Bcc: alla@staden.example" in mail.message["Subject"]
    assert set(mail.message.keys()) == {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress",
        "Content-Language", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip
    for sign in "\u202e\u2066\x1b":
        assert sign not in mail.text + mail.message["Subject"]
    assert mail.message.get_content_type() == "text/plain"
    assert only_mail().state == MailState.SENT


def test_ten_thousand_signs_are_cut(cast: Cast, project: Project, office: PostOffice, time: Time) -> None:
    tell(cast.leader, project=project, title="å" * 10_000, comment="ä " * 5_000)
    send(time)
    (mail,) = office.taken
    assert len(mail.message["Subject"]) == 150
    assert max(map(len, mail.text.splitlines())) <= 500
    assert max(map(len, mail.content.splitlines())) < 998


def test_a_line_of_a_dot_alone_does_not_end_the_mail(
    cast: Cast, project: Project, office: PostOffice, time: Time
) -> None:
    tell(cast.leader, project=project, title=".", comment="Kvar.")
    send(time)
    (mail,) = office.taken
    assert mail.text.splitlines()[1] == "."
    assert "Kommentar: Kvar." in mail.text
    assert only_mail().state == MailState.SENT
