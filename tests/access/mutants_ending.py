"""Breaks of the rules of projects that change, pause and end, and of the portfolio that holds them: more of
the list in `mutants.py`."""

from __future__ import annotations

from tests.access.mutant import Mutant

ENDING: tuple[Mutant, ...] = (
    # Changes.
    Mutant(
        "whoever sees the case knows of a request that is being written",
        "app/delivery/changes/queries.py",
        "(leads and row.state == ChangeState.DRAFT.value)",
        "row.state == ChangeState.DRAFT.value",
        "council",
    ),
    Mutant(
        "whoever has an interest decides a request",
        "app/delivery/changes/policy.py",
        "allowed = may_handle(viewer, found.project)",
        "allowed = YES",
        "secretary_declared",
    ),
    Mutant(
        "a request is decided though the project is interrupted",
        "app/delivery/changes/policy.py",
        "if allowed and State(found.project.state) not in ASKED_IN:",
        "if False:",
        "secretary or other_secretary",
    ),
    Mutant(
        "the manager lets a project that pauses go on",
        "app/core/workflow.py",
        "Transition(Action.CONTINUE, State.PAUSED, State.RUNNING, Party.LEADER)",
        "Transition(Action.CONTINUE, State.PAUSED, State.RUNNING, Party.MANAGER)",
        "manager",
    ),
    # Who answers for the service.
    Mutant(
        "the project leader answers for the service in place of the department",
        "app/operations/policy.py",
        '    if not manages(viewer, found):\n        return no(_l("Det kan bara verksamhetschefen',
        "    if not answers_for(viewer, found) and not acts_as(viewer, found.project, Party.LEADER):\n"
        '        return no(_l("Det kan bara verksamhetschefen',
        "leader",
    ),
    Mutant(
        "the project leader goes on describing the service when the project has ended",
        "app/operations/policy.py",
        "    if is_with_its_project(found):\n        return YES if",
        "    if found.project:\n        return YES if",
        "manager",
    ),
    Mutant(
        "whoever is signed in opens the page of any service",
        "app/operations/queries.py",
        "OperatedService.id == service_id, seen_by(viewer)",
        "OperatedService.id == service_id",
        "park_manager",
    ),
    Mutant(
        "the register holds the services of every department",
        "app/operations/register.py",
        "conditions = [seen_by(viewer), lives()]",
        "conditions = [lives()]",
        "park_manager",
    ),
    Mutant(
        "the cost cliff is that of every department",
        "app/operations/cliff/queries.py",
        "conditions = [seen_by(viewer), lives(), ",
        "conditions = [lives(), ",
        "park_manager",
    ),
    # What remains, and who receives it.
    Mutant(
        "the project leader accepts for the receiver",
        "app/closing/handover/policy.py",
        "    if found.item.department_id not in viewer.departments(Role.MANAGER):\n",
        "    if found.project.leader_id == viewer.id:\n        return YES\n"
        "    if found.item.department_id not in viewer.departments(Role.MANAGER):\n",
        "leader",
    ),
    Mutant(
        "a manager of any department accepts",
        "app/closing/handover/policy.py",
        "    if found.item.department_id not in viewer.departments(Role.MANAGER):\n",
        "    if not viewer.has_any(Role.MANAGER):\n",
        "manager",
    ),
    Mutant(
        "somebody else takes over what a person is asked to",
        "app/closing/handover/policy.py",
        "if found.item.person_id != viewer.id:",
        "if False:",
        "other_manager",
    ),
    Mutant(
        "the project leader is done with what another has received",
        "app/closing/handover/policy.py",
        "if not has(viewer, found.item):",
        "if not has(viewer, found.item) and found.project.leader_id != viewer.id:",
        "leader",
    ),
    Mutant(
        "a manager of any department says that nothing is left",
        "app/closing/handover/policy.py",
        "if project.lead_department_id not in viewer.departments(Role.MANAGER):",
        "if not viewer.has_any(Role.MANAGER):",
        "other_manager",
    ),
    Mutant(
        "the rest list is written when the project has ended",
        "app/closing/handover/queries.py",
        "frozenset({State.RUNNING, State.CLOSING, State.TERMINATING})",
        "frozenset({State.RUNNING, State.CLOSING, State.TERMINATING, State.HANDED_OVER})",
        "leader",
    ),
    Mutant(
        "whoever sees the case takes its closing back",
        "app/closing/handover/policy.py",
        "return may(viewer, project, Action.REOPEN)",
        "return YES",
        "manager",
    ),
    Mutant(
        "the list of what remains is of every case",
        "app/closing/handover/waiting.py",
        "found = and_(RestItem.standing.in_(sorted(HELD)), visible_to(viewer))",
        "found = and_(RestItem.standing.in_(sorted(HELD)), True)",
        "park_manager",
    ),
    # What an interrupted project leaves.
    Mutant(
        "whoever sees the case tells what an interrupted project leaves",
        "app/closing/termination/policy.py",
        "if not acts_as(viewer, project, Party.LEADER):",
        "if False:",
        "manager",
    ),
    Mutant(
        "it is told when the interrupted project has ended",
        "app/closing/termination/policy.py",
        "if State(project.state) is not State.TERMINATING or queries.termination_of(project.id) is None:",
        "if State(project.state) not in INTERRUPTED or queries.termination_of(project.id) is None:",
        "leader",
    ),
    Mutant(
        "whoever sees the case returns an interrupted project's money",
        "app/closing/termination/policy.py",
        "allowed = may_give_back(viewer, project)",
        "allowed = YES",
        "secretary",
    ),
    # The final report.
    Mutant(
        "the final report is read while it is being written",
        "app/closing/final_report/policy.py",
        "if found.newest is not None or may_write(viewer, found):",
        "if True:",
        "expert",
    ),
    Mutant(
        "whoever sees the case writes the final report",
        "app/closing/final_report/policy.py",
        "    if not acts_as(viewer, found.project, Party.LEADER):\n",
        "    if False:\n",
        "manager",
    ),
    Mutant(
        "whoever has an interest approves the final report",
        "app/closing/final_report/policy.py",
        "    allowed = may_handle(viewer, found.project)\n    if not allowed:",
        "    allowed = YES\n    if not allowed:",
        "secretary_declared",
    ),
    Mutant(
        "the list of final reports is of every case",
        "app/closing/final_report/queries.py",
        "found = and_(visible_to(viewer), _standing(state))",
        "found = and_(True, _standing(state))",
        "park_manager",
    ),
    # Nothing of a project that has ended is written any more.
    Mutant(
        "costs are entered of a project that has ended",
        "app/delivery/costs/policy.py",
        "BOOKED = FUNDED - {State.APPROVED}",
        "BOOKED = GRANTED - {State.APPROVED}",
        "leader",
    ),
    Mutant(
        "risks are noted of a project that has ended",
        "app/delivery/risks/policy.py",
        "if State(project.state) not in FUNDED:",
        "if State(project.state) not in GRANTED:",
        "leader",
    ),
    Mutant(
        "the steering group changes when the project has ended",
        "app/delivery/plans/policy.py",
        "if plan_of(project.id) is None or State(project.state) not in FUNDED:",
        "if plan_of(project.id) is None or State(project.state) not in GRANTED:",
        "leader",
    ),
    Mutant(
        "a condition is assessed when the project has ended",
        "app/delivery/conditions/policy.py",
        "    if not allowed:\n        return allowed\n    if State(found.project.state) not in FUNDED:",
        "    if not allowed:\n        return allowed\n    if False:",
        "secretary or other_secretary",
    ),
    Mutant(
        "whoever sees the case takes back what was paid",
        "app/delivery/funds/policy.py",
        "    allowed = _is_controller(viewer, found.project)\n"
        "    if allowed and found.state is not RequisitionState.PAID:",
        "    allowed = YES\n    if allowed and found.state is not RequisitionState.PAID:",
        "secretary",
    ),
    # The portfolio.
    Mutant(
        "the portfolio holds cases that its reader does not see",
        "app/portfolio/queries.py",
        "        yield visible_to(viewer)\n",
        "",
        "other_manager or council",
    ),
    Mutant(
        "whoever reads the portfolio removes the views that are everybody's",
        "app/portfolio/saved/policy.py",
        "return may_save_for_all(viewer) if view.owner_id is None else YES",
        "return YES",
        "council",
    ),
)
