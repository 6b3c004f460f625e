"""What a notification says by mail: the same as in the inbox, to those who may read it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.accounts.access import Viewer
from app.mail.letters import News, tells
from app.notifications import labels, queries
from app.notifications.models import MAIL_KIND, Notification
from app.notifications.places import place_of
from app.web.addresses import Links


@tells(MAIL_KIND)
def news(reader: Viewer, numbers: Sequence[int], links: Links) -> Mapping[int, News]:
    """The notifications with these numbers that the reader may read now."""
    return {
        row.id: News(
            labels.heading(row),
            labels.title(row),
            labels.particulars(row.details),
            _link(row, links),
        )
        for row in queries.readable(reader, numbers)
    }


def _link(row: Notification, links: Links) -> str:
    endpoint, parts = place_of(row)
    return links.to(endpoint, **parts)
