"""What each kind of notification says. The text is made when it is read, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.notifications.models import Kind, Notification
from app.web.formats import exact

HEADINGS: dict[Kind, Any] = {
    Kind.SIGNATURE_REQUESTED: _l("Skriv under ansökan"),
    Kind.SENT_BACK: _l("Ansökan är skickad tillbaka till dig"),
    Kind.RECALLED: _l("Projektledaren har tagit tillbaka ansökan"),
    Kind.SUBMITTED: _l("En ansökan har kommit in"),
    Kind.REGISTERED: _l("Ansökan är registrerad"),
    Kind.RETURNED_FOR_COMPLETION: _l("Komplettera ansökan"),
    Kind.COMPLETED: _l("Ansökan är kompletterad"),
    Kind.ACCEPTED_AS_COMPLETE: _l("Ansökan är fullständig och bedöms nu"),
    Kind.REFERRED_TO_COUNCIL: _l("Ansökan går till Lilla utvecklingsrådet"),
    Kind.OPINION_REGISTERED: _l("Lilla utvecklingsrådet har yttrat sig"),
    Kind.DECIDED: _l("Beslut är fattat"),
    Kind.POSTPONED: _l("Beslutet är uppskjutet"),
    Kind.RESUMED: _l("Ärendet tas upp igen"),
    Kind.WITHDRAWN: _l("Ansökan är återtagen"),
    Kind.PACK_READY: _l("Möteshandlingar är klara"),
    Kind.JOB_DONE: _l("Det du beställde är klart"),
    Kind.JOB_FAILED: _l("Det du beställde blev inte klart"),
    Kind.CONDITION_REPORTED: _l("Pröva ett villkor"),
    Kind.CONDITION_RETURNED: _l("Ett villkor är inte uppfyllt än"),
    Kind.CONDITION_APPROVED: _l("Ett villkor är uppfyllt"),
    Kind.CONDITION_DUE: _l("Ett villkor ska snart vara uppfyllt"),
    Kind.CONDITION_LATE: _l("Ett villkor är försenat"),
    Kind.REQUISITION_SENT: _l("Kontrollera en rekvisition"),
    Kind.REQUISITION_RETURNED: _l("Rätta en rekvisition"),
    Kind.REQUISITION_CHECKED: _l("Betala ut en rekvisition"),
    Kind.REQUISITION_PAID: _l("En rekvisition är utbetald"),
    Kind.REQUISITION_REPAID: _l("Utbetalda pengar är återbetalda"),
    Kind.FUNDS_RETURNED: _l("Beviljade pengar är återförda till ramen"),
    Kind.STARTED_RUNNING: _l("Planen är fastställd, och projektet pågår"),
    Kind.CHANGE_SENT: _l("En ändringsbegäran har kommit in"),
    Kind.CHANGE_QUESTIONED: _l("Svara på frågan om ändringsbegäran"),
    Kind.CHANGE_ANSWERED: _l("Frågan om ändringsbegäran är besvarad"),
    Kind.CHANGE_WITHDRAWN: _l("Ändringsbegäran är återtagen"),
    Kind.CHANGE_DECIDED: _l("Ändringsbegäran är avgjord"),
    Kind.WENT_ON: _l("Projektet pågår igen efter pausen"),
    Kind.REPORT_SENT: _l("En lägesrapport har kommit in"),
    Kind.REPORT_RETURNED: _l("Rätta lägesrapporten"),
    Kind.REPORT_APPROVED: _l("Lägesrapporten är godkänd"),
    Kind.REPORT_COMMENTED: _l("Lägesrapporten är kommenterad"),
    Kind.REPORT_DUE: _l("En lägesrapport ska in"),
    Kind.REPORT_LATE: _l("En lägesrapport är sen"),
    Kind.ACTION_LATE: _l("En åtgärd är försenad"),
    Kind.FINAL_REPORT_SENT: _l("En slutrapport har kommit in"),
    Kind.FINAL_REPORT_RETURNED: _l("Rätta slutrapporten"),
    Kind.FINAL_REPORT_APPROVED: _l("Slutrapporten är godkänd, och projektet är avslutat"),
    Kind.CLOSING_BEGUN: _l("Projektet avslutas"),
    Kind.REOPENED: _l("Projektet fortsätter, avslutningen är tillbakatagen"),
    Kind.REST_ASKED: _l("Ta emot det som återstår efter projektet"),
    Kind.REST_RECEIVED: _l("En restpunkt är mottagen"),
    Kind.REST_DECLINED: _l("En mottagare har avböjt en restpunkt"),
    Kind.REST_DUE: _l("En restpunkt ska snart vara klar"),
    Kind.REST_LATE: _l("En restpunkt är försenad"),
    Kind.NOTHING_LEFT: _l("Mottagaren har bekräftat att inget återstår"),
    Kind.TERMINATION_BEGUN: _l("Projektet avbryts"),
    Kind.NOTICE_DUE: _l("Ett avtal ska snart vara uppsagt"),
    Kind.NOTICE_LATE: _l("Sista dagen att säga upp ett avtal har passerat"),
    Kind.FOLLOW_UPS_PLANNED: _l("Det som projektet lämnade ska följas upp"),
    Kind.FOLLOW_UP_DUE: _l("En uppföljning ska in"),
    Kind.FOLLOW_UP_LATE: _l("En uppföljning är sen"),
    Kind.FOLLOW_UP_SENT: _l("En uppföljning har kommit in"),
    Kind.FOLLOW_UP_RETURNED: _l("Rätta uppföljningen"),
    Kind.FOLLOW_UP_APPROVED: _l("Uppföljningen är godkänd"),
    Kind.PROJECT_CLOSED: _l("Projektet är uppföljt och avslutat"),
    Kind.MEASUREMENT_DUE: _l("En nytta ska snart mätas"),
    Kind.MEASUREMENT_LATE: _l("En nytta är inte mätt i tid"),
    Kind.BENEFIT_END_PROPOSED: _l("Pröva hur en nytta avslutas"),
    Kind.BENEFIT_END_RETURNED: _l("Förslaget att avsluta en nytta är skickat tillbaka"),
    Kind.BENEFIT_CLOSED: _l("En nytta är avslutad"),
    Kind.SERVICE_ASKED: _l("Ta emot driftansvaret för en tjänst"),
    Kind.SERVICE_ACCEPTED: _l("Driftansvaret är mottaget"),
    Kind.SERVICE_DECLINED: _l("Driftansvaret är avböjt"),
    Kind.SERVICE_REVIEW_DUE: _l("Driftansvaret ska snart granskas"),
    Kind.SERVICE_REVIEW_LATE: _l("Granskningen av driftansvaret är sen"),
    Kind.SERVICE_CONTRACT_ENDS: _l("En tjänsts avtal ska sägas upp eller ersättas"),
    Kind.SERVICE_CONTRACT_LATE: _l("Sista dagen att säga upp en tjänsts avtal har gått"),
    Kind.SERVICE_MONEY_ENDS: _l("Pengarna till en tjänst tar slut"),
    Kind.SERVICE_MONEY_ENDED: _l("Pengarna till en tjänst har tagit slut"),
    Kind.SERVICE_SHARE_ASKED: _l("Godkänn din förvaltnings andel i en delad tjänst"),
    Kind.SERVICE_SHARE_DECLINED: _l("En förvaltning har avböjt sin andel i en delad tjänst"),
    Kind.SERVICE_SHARE_DUE: _l("Andelen i en delad tjänst väntar på svar"),
    Kind.SERVICE_SHARE_LATE: _l("Svaret om andelen i en delad tjänst är sent"),
    Kind.EFFECT_PROMISED: _l("Svara på en utlovad budgeteffekt"),
    Kind.EFFECT_AGREED: _l("En budgeteffekt är överenskommen"),
    Kind.EFFECT_DECLINED: _l("En budgeteffekt är avböjd"),
    Kind.EFFECT_WITHDRAWN: _l("En budgeteffekt är återtagen"),
    Kind.EFFECT_ENTERED: _l("Kontrollera en budgeteffekt mot budgeten"),
    Kind.EFFECT_VERIFIED: _l("En budgeteffekt är kontrollerad mot budgeten"),
    Kind.EFFECT_RETURNED: _l("En budgeteffekt står inte i budgeten som det var sagt"),
    Kind.EFFECT_TAKEN: _l("En budgeteffekt är bokförd som hemtagen"),
    Kind.EFFECT_TAKEN_BACK: _l("En hemtagen budgeteffekt är återförd"),
    Kind.EFFECT_ANSWER_DUE: _l("En budgeteffekt väntar på svar"),
    Kind.EFFECT_ANSWER_LATE: _l("Svaret om en budgeteffekt är sent"),
    Kind.EFFECT_ENTRY_DUE: _l("En budgeteffekt ska snart stå i budgeten"),
    Kind.EFFECT_ENTRY_LATE: _l("En budgeteffekt saknar budgetbeslut"),
    Kind.EFFECT_CHECK_DUE: _l("En budgeteffekt ska kontrolleras mot budgeten"),
    Kind.EFFECT_CHECK_LATE: _l("En budgeteffekt är inte kontrollerad mot budgeten"),
    Kind.PROGRAMME_REPORT_DUE: _l("En programrapport ska snart ges ut"),
    Kind.PROGRAMME_REPORT_LATE: _l("En programrapport är sen"),
    Kind.PROGRAMME_REPORT_ISSUED: _l("En programrapport är utgiven"),
}

DETAILS: dict[str, Any] = {
    "case_number": _l("Diarienummer %(value)s"),
    "decision": _l("Beslut: %(value)s"),
    "version": _l("Version %(value)s"),
    "period": _l("Period: %(value)s"),
    "due_on": _l("Svara senast %(value)s"),
    "last_day": _l("Sista dag %(value)s"),
    "meeting_on": _l("Möte %(value)s"),
    "decided_on": _l("Beslutat %(value)s"),
    "condition": _l("Villkor: %(value)s"),
    "rest_item": _l("Restpunkt: %(value)s"),
    "first_day": _l("Första uppföljningen %(value)s"),
    "follow_up_day": _l("Uppföljning %(value)s"),
    "risk": _l("Risk: %(value)s"),
    "issue": _l("Problem: %(value)s"),
    "contract": _l("Avtal: %(value)s"),
    "benefit": _l("Nytta: %(value)s"),
    "share_of": _l("Förvaltning: %(value)s"),
    "budget_year": _l("Budgetår %(value)s"),
    "reference": _l("Dokument: %(value)s"),
    "requisition": _l("Rekvisition %(value)s"),
    "change": _l("Ändringsbegäran %(value)s"),
    "amount": _l("Belopp: %(value)s"),
    "comment": _l("Kommentar: %(value)s"),
    "reason": _l("Skäl: %(value)s"),
}
"""What may be told besides the project's title, in the order in which it is shown."""

DECISIONS: dict[str, Any] = {
    "approve": _l("Beviljad"),
    "approve_in_part": _l("Beviljad delvis"),
    "postpone": _l("Uppskjuten"),
    "reject": _l("Avslagen"),
}


def heading(notification: Notification) -> str:
    """What has happened."""
    return str(HEADINGS[Kind(notification.kind)])


def title(notification: Notification) -> str:
    """The project's title, as it was when the notification was sent."""
    return str(notification.details.get("title") or _("Projektet"))


def particulars(details: Mapping[str, object]) -> list[str]:
    """What else the notification tells; a detail that has no words of its own is not shown."""
    told = [
        str(words) % {"value": _value(key, details[key])}
        for key, words in DETAILS.items()
        if details.get(key)
    ]
    questions = details.get("questions")
    if isinstance(questions, int):
        told.append(ngettext("%(num)s fråga att svara på", "%(num)s frågor att svara på", questions))
    remaining = details.get("rest_items")
    if isinstance(remaining, int):
        told.append(ngettext("%(num)s restpunkt", "%(num)s restpunkter", remaining))
    return told


def _value(key: str, value: object) -> object:
    if key == "amount":
        return exact(Decimal(str(value)))
    return DECISIONS.get(str(value), value) if key == "decision" else value
