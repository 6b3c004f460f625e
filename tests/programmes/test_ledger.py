from decimal import Decimal

from app.programmes import queries
from app.programmes.models import Programme


def test_the_balance_of_a_new_programme_is_its_frame(programme: Programme) -> None:
    balance = queries.frame_balance(programme.id)
    assert balance is not None
    assert (balance.frame, balance.granted, balance.available) == (
        Decimal(100_000_000),
        Decimal(0),
        Decimal(100_000_000),
    )
