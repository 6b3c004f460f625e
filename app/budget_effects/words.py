"""What forms and states of budget effects are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.budget_effects.policy import Side
from app.core.budget_effects import EffectState, Form, Step
from app.web.tags import Tag

STATES: Mapping[EffectState, Tag] = {
    EffectState.PROMISED: Tag(_l("Utlovad"), "info", "circle"),
    EffectState.AGREED: Tag(_l("Överenskommen"), "info", "half"),
    EffectState.IN_BUDGET: Tag(_l("I budgeten"), "active", "half"),
    EffectState.VERIFIED: Tag(_l("Kontrollerad"), "active", "square"),
    EffectState.TAKEN_HOME: Tag(_l("Hemtagen"), "good", "check"),
    EffectState.DECLINED: Tag(_l("Avböjd"), "neutral", "cross"),
    EffectState.WITHDRAWN: Tag(_l("Återtagen"), "neutral", "dash"),
}
KEPT = Tag(_l("Behållen som kapacitet"), "neutral", "check")
"""Freed time that stays: it is not money."""
EARLY = Tag(_l("Tidigt uttag"), "bad", "triangle")
"""It came into the budget before anything was measured."""

FORMS: Mapping[Form, Any] = {
    Form.MONEY: _l("Pengar"),
    Form.POSTS: _l("Tjänster, med sina pengar"),
    Form.CAPACITY: _l("Tid som stannar som kapacitet"),
}

SIDES: Mapping[Side, Any] = {
    Side.OWNER: _l("Nyttans ägare"),
    Side.CONTROLLER: _l("Controllern"),
}

STEPS: Mapping[Step, Any] = {
    Step.PROMISE: _l("Utlovad"),
    Step.AGREE: _l("Överenskommen"),
    Step.DECLINE: _l("Avböjd"),
    Step.WITHDRAW: _l("Återtagen"),
    Step.ENTER: _l("Inskriven i budgeten"),
    Step.VERIFY: _l("Kontrollerad mot budgeten"),
    Step.RETURN: _l("Skickad tillbaka"),
    Step.TAKE: _l("Bokförd som hemtagen"),
    Step.TAKE_BACK: _l("Återförd"),
}

ACTS: Mapping[str, Any] = {
    "promise": _l("Utlova en budgeteffekt"),
    "answer": _l("Svara"),
    "verify": _l("Kontrollera mot budgeten"),
    "take": _l("Ta hem"),
    "enter": _l("Skriv in budgetbeslutet"),
    "take_back": _l("Återför"),
    "withdraw": _l("Ta tillbaka"),
}
"""What somebody can do, by the names of the pages."""

TO_ANSWER = Tag(_l("Att svara på"), "waiting", "half")
TO_ENTER = Tag(_l("Att föra in i budgeten"), "waiting", "circle")
TO_VERIFY = Tag(_l("Att kontrollera"), "waiting", "half")
TO_TAKE = Tag(_l("Att ta hem"), "waiting", "half")
"""What waits for the one who looks."""


def effect_tag(state: str, form: str) -> Tag:
    """How an effect stands, as it is stored."""
    if form == Form.CAPACITY and state == EffectState.TAKEN_HOME:
        return KEPT
    return STATES[EffectState(state)]


def form_word(form: str) -> Any:
    """As it is stored."""
    return FORMS[Form(form)]


def step_word(step: str) -> Any:
    """As it is stored."""
    return STEPS[Step(step)]
