"""What the product tells a person."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base, UTCDateTime

MAIL_KIND = "notification"
"""What the outbox calls a notification."""


class Kind(StrEnum):
    """What a notification tells of."""

    SIGNATURE_REQUESTED = "signature_requested"
    SENT_BACK = "sent_back"
    RECALLED = "recalled"
    SUBMITTED = "submitted"
    REGISTERED = "registered"
    RETURNED_FOR_COMPLETION = "returned_for_completion"
    COMPLETED = "completed"
    ACCEPTED_AS_COMPLETE = "accepted_as_complete"
    REFERRED_TO_COUNCIL = "referred_to_council"
    OPINION_REGISTERED = "opinion_registered"
    DECIDED = "decided"
    POSTPONED = "postponed"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    PACK_READY = "pack_ready"
    JOB_DONE = "job_done"
    JOB_FAILED = "job_failed"
    CONDITION_REPORTED = "condition_reported"
    CONDITION_RETURNED = "condition_returned"
    CONDITION_APPROVED = "condition_approved"
    CONDITION_DUE = "condition_due"
    CONDITION_LATE = "condition_late"
    REQUISITION_SENT = "requisition_sent"
    REQUISITION_RETURNED = "requisition_returned"
    REQUISITION_CHECKED = "requisition_checked"
    REQUISITION_PAID = "requisition_paid"
    REQUISITION_REPAID = "requisition_repaid"
    FUNDS_RETURNED = "funds_returned"
    STARTED_RUNNING = "started_running"
    CHANGE_SENT = "change_sent"
    CHANGE_QUESTIONED = "change_questioned"
    CHANGE_ANSWERED = "change_answered"
    CHANGE_WITHDRAWN = "change_withdrawn"
    CHANGE_DECIDED = "change_decided"
    WENT_ON = "went_on"
    REPORT_SENT = "report_sent"
    REPORT_RETURNED = "report_returned"
    REPORT_APPROVED = "report_approved"
    REPORT_COMMENTED = "report_commented"
    REPORT_DUE = "report_due"
    REPORT_LATE = "report_late"
    ACTION_LATE = "action_late"
    FINAL_REPORT_SENT = "final_report_sent"
    FINAL_REPORT_RETURNED = "final_report_returned"
    FINAL_REPORT_APPROVED = "final_report_approved"
    CLOSING_BEGUN = "closing_begun"
    REOPENED = "reopened"
    REST_ASKED = "rest_asked"
    REST_RECEIVED = "rest_received"
    REST_DECLINED = "rest_declined"
    REST_DUE = "rest_due"
    REST_LATE = "rest_late"
    NOTHING_LEFT = "nothing_left"
    TERMINATION_BEGUN = "termination_begun"
    NOTICE_DUE = "notice_due"
    NOTICE_LATE = "notice_late"
    FOLLOW_UPS_PLANNED = "follow_ups_planned"
    FOLLOW_UP_DUE = "follow_up_due"
    FOLLOW_UP_LATE = "follow_up_late"
    FOLLOW_UP_SENT = "follow_up_sent"
    FOLLOW_UP_RETURNED = "follow_up_returned"
    FOLLOW_UP_APPROVED = "follow_up_approved"
    PROJECT_CLOSED = "project_closed"
    MEASUREMENT_DUE = "measurement_due"
    MEASUREMENT_LATE = "measurement_late"
    BENEFIT_END_PROPOSED = "benefit_end_proposed"
    BENEFIT_END_RETURNED = "benefit_end_returned"
    BENEFIT_CLOSED = "benefit_closed"
    SERVICE_ASKED = "service_asked"
    SERVICE_ACCEPTED = "service_accepted"
    SERVICE_DECLINED = "service_declined"
    SERVICE_REVIEW_DUE = "service_review_due"
    SERVICE_REVIEW_LATE = "service_review_late"
    SERVICE_CONTRACT_ENDS = "service_contract_ends"
    SERVICE_CONTRACT_LATE = "service_contract_late"
    SERVICE_MONEY_ENDS = "service_money_ends"
    SERVICE_MONEY_ENDED = "service_money_ended"
    SERVICE_SHARE_ASKED = "service_share_asked"
    SERVICE_SHARE_DECLINED = "service_share_declined"
    SERVICE_SHARE_DUE = "service_share_due"
    SERVICE_SHARE_LATE = "service_share_late"
    EFFECT_PROMISED = "effect_promised"
    EFFECT_AGREED = "effect_agreed"
    EFFECT_DECLINED = "effect_declined"
    EFFECT_WITHDRAWN = "effect_withdrawn"
    EFFECT_ENTERED = "effect_entered"
    EFFECT_VERIFIED = "effect_verified"
    EFFECT_RETURNED = "effect_returned"
    EFFECT_TAKEN = "effect_taken"
    EFFECT_TAKEN_BACK = "effect_taken_back"
    EFFECT_ANSWER_DUE = "effect_answer_due"
    EFFECT_ANSWER_LATE = "effect_answer_late"
    EFFECT_ENTRY_DUE = "effect_entry_due"
    EFFECT_ENTRY_LATE = "effect_entry_late"
    EFFECT_CHECK_DUE = "effect_check_due"
    EFFECT_CHECK_LATE = "effect_check_late"
    PROGRAMME_REPORT_DUE = "programme_report_due"
    PROGRAMME_REPORT_LATE = "programme_report_late"
    PROGRAMME_REPORT_ISSUED = "programme_report_issued"


class Notification(Base):
    """One message to one person about one project, about work that the person has asked for, about a service
    that no project of the programme has launched, or about a programme's report.

    Its text is made when it is read, in its reader's language.
    """

    __tablename__ = "notification"
    __recorded__ = False
    __table_args__ = (
        CheckConstraint(
            "project_id is not null or kind in ('job_done', 'job_failed') or substr(kind, 1, 8) = 'service_'"
            " or substr(kind, 1, 17) = 'programme_report_'",
            name="has_its_project",
        ),
        Index("ix_notification_person_id_read_at", "person_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(40))
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id", ondelete="RESTRICT"))
    """None: it tells of work that the person has asked for, a service of the register, or a programme's
    report."""
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the text needs besides the project: a name, a number."""
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
