"""The people of the matrix in the database: everybody with an account, roles and an open session."""

from collections.abc import Mapping

from app.accounts import service as accounts
from app.accounts.access import Viewer
from app.accounts.models import Department, Person, Role, SignIn
from app.accounts.queries import departments, grants_of, roles_of, token_hash
from app.db import db, transaction
from app.history.service import System
from app.projects import interests
from app.projects.models import Project
from tests import story
from tests.access.building import AFTER
from tests.access.oracle import PARK, WHOLE_CITY
from tests.access.oracle import Person as Somebody
from tests.access.people import CASES, PEOPLE
from tests.access.words import Part, word
from tests.conftest import NOW, PASSWORD_HASH, Cast
from tests.review_story import LATER


def token_of(key: str) -> str:
    """What stands in the cookie of a person who is signed in."""
    return f"token of {key}"


def engage(cast: Cast) -> dict[str, Viewer]:
    """Everybody of the matrix, and a session for each."""
    with transaction():
        accounts.create_department(System(), PARK, NOW)
        places = {department.name: department for department in departments()}
        for person in PEOPLE:
            if not hasattr(cast, person.key):
                _add(person, places)
    with transaction():
        people = {row.email.partition("@")[0]: row for row in db.session.scalars(db.select(Person))}
        for person in PEOPLE:
            session = SignIn(
                token_hash=token_hash(token_of(person.key)),
                person_id=people[person.key].id,
                created_at=LATER,
                last_seen_at=LATER,
            )
            db.session.add(session)
    return {
        person.key: Viewer(
            people[person.key].id, people[person.key].name, "sv", roles_of(people[person.key].id)
        )
        for person in PEOPLE
    }


def _add(person: Somebody, places: Mapping[str, Department]) -> None:
    someone = accounts.create_person(
        System(),
        email=f"{person.key}@staden.example",
        name=person.key.replace("_", " ").capitalize(),
        title="",
        password_hash=PASSWORD_HASH,
        now=NOW,
    )
    roles = person.roles or {("manager", "Miljöförvaltningen")}  # what left_manager has until the last day
    for role, department in sorted(roles):
        place = places[department].id if department != WHOLE_CITY else None
        accounts.grant_role(System(), someone, Role(role), place, NOW)


def declare(viewers: Mapping[str, Viewer], built: Mapping[str, Project]) -> None:
    """Those who have an interest in a case tell of it."""
    for case in CASES:
        for key in case.declared:
            with transaction():
                reason = word(case.key, Part.INTEREST)
                interests.declare(viewers[key], story.reloaded(built[case.key]), reason, AFTER)


def leave(viewers: Mapping[str, Viewer]) -> None:
    """The manager who leaves keeps the account and the notifications, and holds no role."""
    with transaction():
        for grant in grants_of(viewers["left_manager"].id):
            accounts.end_role(System(), grant, LATER)
        session = SignIn.token_hash == token_hash(token_of("left_manager"))
        db.session.execute(db.update(SignIn).where(session).values(ended_at=None))
