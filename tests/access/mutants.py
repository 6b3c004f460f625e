"""Break the product's rules on purpose, one at a time: each break must be seen by the tests of access.

`python -m tests.access.mutants` copies the project, breaks the copy, and runs the tests that should go red;
with a number it runs that one. Each break is a rule forgotten or turned, as somebody could do by mistake.
A test holds the list to the code: a break whose text is no longer there must be written anew.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from config import PROJECT_ROOT
from tests.access.mutant import Mutant
from tests.access.mutants_ending import ENDING

MUTANTS: tuple[Mutant, ...] = (
    Mutant(
        "the secretariat sees drafts",
        "app/projects/queries.py",
        "if _reads_what_came_in(viewer):\n        grounds.append(submitted())",
        "if _reads_what_came_in(viewer):\n        grounds.append(true())",
        "expert",
    ),
    Mutant(
        "a department that takes part sees drafts",
        "app/projects/queries.py",
        "grounds.append(Project.id.in_(taking_part) & submitted())",
        "grounds.append(Project.id.in_(taking_part))",
        "other_manager",
    ),
    Mutant(
        "a department that takes part sees nothing",
        "app/projects/queries.py",
        "        grounds.append(Project.id.in_(taking_part) & submitted())\n",
        "",
        "other_manager",
    ),
    Mutant(
        "the council sees cases that have not come to it",
        "app/projects/queries.py",
        "grounds.append(Project.referred_at.is_not(None))",
        "grounds.append(submitted())",
        "council",
    ),
    Mutant(
        "the controller of a department sees the whole programme",
        "app/projects/queries.py",
        "viewer.has(Role.SECRETARIAT) or viewer.has(Role.CONTROLLER) or",
        "viewer.has(Role.SECRETARIAT) or viewer.has_any(Role.CONTROLLER) or",
        "controller or other_controller",
    ),
    Mutant(
        "what is written in a completion is read by whoever sees the case",
        "app/projects/policy.py",
        "return own or project.submitted_at is None or State(project.state) in BEFORE_SUBMISSION",
        "return True",
        "secretary",
    ),
    Mutant(
        "the manager does not read what is being written",
        "app/projects/policy.py",
        "own = acts_as(viewer, project, Party.LEADER) or acts_as(viewer, project, Party.MANAGER)",
        "own = acts_as(viewer, project, Party.LEADER)",
        "manager",
    ),
    Mutant(
        "the leader of a project is no longer kept from handling it",
        "app/projects/policy.py",
        '    if project.leader_id == viewer.id:\n        return no(_l("Du leder projektet och kan',
        '    if False:\n        return no(_l("Du leder projektet och kan',
        "secretary_leading",
    ),
    Mutant(
        "one's own department is no interest",
        "app/projects/policy.py",
        "if project.lead_department_id in viewer.departments(*Role):",
        "if False:",
        "secretary_of_miljo",
    ),
    Mutant(
        "a declared interest is forgotten",
        "app/projects/policy.py",
        "if any(row.person_id == viewer.id for row in project.interests):\n"
        '        return no(_l("Du har anmält jäv i ärendet och kan',
        'if False:\n        return no(_l("Du har anmält jäv i ärendet och kan',
        "secretary_declared",
    ),
    Mutant(
        "a case of one's own department is on the agenda with its proposal",
        "app/decisions/queries.py",
        "return free_of_interest(viewer) | Project.state.in_(sorted(SETTLED))",
        "return Project.leader_id != viewer.id",
        "council_of_miljo",
    ),
    Mutant(
        "applicants read the memo before the decision",
        "app/decisions/policy.py",
        "if (treats or applicant) and State(project.state) in SETTLED:",
        "if treats or applicant:",
        "leader or manager",
    ),
    Mutant(
        "applicants never read the memo",
        "app/decisions/policy.py",
        "if (treats or applicant) and State(project.state) in SETTLED:",
        "if treats and State(project.state) in SETTLED:",
        "manager",
    ),
    Mutant(
        "whoever sees a case reads its review",
        "app/reviews/policy.py",
        "if viewer.has_any(Role.SECRETARIAT, Role.AUDITOR, Role.COUNCIL, Role.DECISION_MAKER):\n"
        "        return free_of_interest",
        "if True:\n        return free_of_interest",
        "expert",
    ),
    Mutant(
        "the council reads the checklist",
        "app/reviews/policy.py",
        "    if viewer.has(Role.AUDITOR):\n        return free_of_interest(viewer, project)\n"
        "    return may_handle(viewer, project)",
        "    return free_of_interest(viewer, project)",
        "council",
    ),
    Mutant(
        "a colleague acts in the handler's place",
        "app/reviews/policy.py",
        "if allowed and project.handler_id != viewer.id:",
        "if False:",
        "other_secretary",
    ),
    Mutant(
        "everybody reads what the manager said when sending back",
        "app/overview/timeline.py",
        "with_note=in_department or rows[0].verb not in WITHIN_THE_DEPARTMENT",
        "with_note=True",
        "expert",
    ),
    Mutant(
        "somebody who has left reads what was told",
        "app/notifications/queries.py",
        "Project.id == Notification.project_id, visible_to(viewer))",
        "Project.id == Notification.project_id)",
        "left_manager",
    ),
    Mutant(
        "the list of cases counts what is hidden",
        "app/overview/queries.py",
        "return [visible_to(viewer), submitted(),",
        "return [submitted(),",
        "other_manager",
    ),
    Mutant(
        "a department is let in before the completion comes in",
        "app/applications/service.py",
        'if section.key == "departments" and project.submitted_at is None:',
        'if section.key == "departments":',
        "park_manager",
    ),
    Mutant(
        "a file that has not come in is fetched by its number",
        "app/applications/queries.py",
        "if found is None or not (sees_working_copy(viewer, project) or _was_submitted(found)):",
        "if found is None:",
        "secretary",
    ),
    Mutant(
        "the draft on paper is given to whoever sees the case",
        "app/applications/views_paper.py",
        "sees_draft = sees_working_copy(viewer(), project)",
        "sees_draft = True",
        "secretary",
    ),
    Mutant(
        "a line that has not come in is known of",
        "app/benefits/queries.py",
        "return project if project and sees_working_copy(viewer, project) else None",
        "return project",
        "secretary",
    ),
    Mutant(
        "another's notification is opened",
        "app/notifications/queries.py",
        "select(Notification).where(Notification.id == notification_id, _readable(viewer))",
        "select(Notification).where(Notification.id == notification_id)",
        "expert",
    ),
    Mutant(
        "whoever reads no meetings learns which there are",
        "app/decisions/printing.py",
        "return pack_for(viewer, pack_id) if may_read_packs(viewer) else None",
        "return pack_for(viewer, pack_id)",
        "nobody",
    ),
    Mutant(
        "managers read the ledger",
        "app/programmes/policy.py",
        "readers = (Role.SECRETARIAT, Role.CONTROLLER, Role.AUDITOR, Role.COUNCIL, Role.DECISION_MAKER)\n"
        "    if any(viewer.has(role) for role in readers):",
        "readers = (Role.SECRETARIAT, Role.CONTROLLER, Role.AUDITOR, Role.COUNCIL, Role.DECISION_MAKER)\n"
        "    if viewer.has_any(*readers):",
        "controller",
    ),
    Mutant(
        "a manager signs for another department",
        "app/projects/policy.py",
        "return viewer.has(Role.MANAGER, project.lead_department_id)",
        "return viewer.has_any(Role.MANAGER)",
        "other_manager or park_manager",
    ),
    Mutant(
        "the list of requisitions is of every case",
        "app/delivery/funds/queries.py",
        "Requisition.state.in_(states), visible_to(viewer))",
        "Requisition.state.in_(states), True)",
        "controller",
    ),
    Mutant(
        "files of requisitions are everybody's",
        "app/delivery/funds/queries.py",
        "        return None\n    query = select(RequisitionFile)",
        "        pass\n    query = select(RequisitionFile)",
        "nobody",
    ),
    Mutant(
        "whoever has an interest assesses a condition",
        "app/delivery/conditions/policy.py",
        'once it is said to be met."""\n    allowed = may_handle(viewer, found.project)\n',
        'once it is said to be met."""\n    allowed = YES\n',
        "secretary_declared",
    ),
    *ENDING,
)


def break_in(root: Path, mutant: Mutant) -> None:
    """Break the copy."""
    file = root / mutant.file
    text = file.read_text()
    if text.count(mutant.before) != 1:
        raise LookupError(mutant.what)
    file.write_text(text.replace(mutant.before, mutant.after))


def green(who: str, mutant: Mutant | None = None) -> bool:
    """Whether these people's tests of access are green, on a copy that is broken in this way, or whole."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        skipped = shutil.ignore_patterns(".git", ".venv", "build", "instance", ".*_cache", "__pycache__")
        shutil.copytree(PROJECT_ROOT, copy, ignore=skipped)
        if mutant is not None:
            break_in(copy, mutant)
        chosen = " or ".join(f"[{name}]" for name in who.split(" or "))
        asked = (("tests/access", "-k", chosen), ("tests/projects",), ("tests/access",))
        return all(_green(copy, *tests) for tests in asked)


def _green(root: Path, *chosen: str) -> bool:
    tests = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--database", "sqlite"]
    done = subprocess.run([*tests, *chosen], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stdout + done.stderr)
    return done.returncode == 0


def main(arguments: Sequence[str]) -> int:
    """Try them all, or those of the given numbers."""
    chosen = [int(text) for text in arguments] or range(1, len(MUTANTS) + 1)
    everybody = {name for number in chosen for name in MUTANTS[number - 1].who.split(" or ")}
    if not green(" or ".join(sorted(everybody))):
        sys.stdout.write("The tests are red before anything is broken: that says nothing about the breaks.\n")
        return 2
    alive = 0
    for number in chosen:
        mutant = MUTANTS[number - 1]
        lives = green(mutant.who, mutant)
        alive += lives
        sys.stdout.write(f"{'ALIVE ' if lives else 'killed'} {number:2} {mutant.what}\n")
        sys.stdout.flush()
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
