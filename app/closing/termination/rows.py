"""The lists that an interrupted project leaves, saved as wholes: see `app.delivery.plans.rows`."""

from __future__ import annotations

from app.closing.termination import queries
from app.closing.termination.models import ContractToEnd, ReusableResult
from app.closing.termination.values import ContractValues, ReusableValues
from app.core.termination import ContractState
from app.delivery.plans.rows import RowKind


def reusable_values(row: ReusableResult) -> ReusableValues:
    """What the row of a result says."""
    return ReusableValues(id=row.id, result=row.result, useful_to=row.useful_to, place=row.place)


def _fill_reusable(row: ReusableResult, values: ReusableValues) -> None:
    row.result, row.useful_to, row.place = values.result, values.useful_to, values.place


REUSABLE = RowKind(
    "reusable_result",
    queries.reusable_of,
    ReusableResult,
    reusable_values,
    _fill_reusable,
    lambda values: values.result,
)


def contract_values(row: ContractToEnd) -> ContractValues:
    """What the row of a contract says."""
    return ContractValues(
        id=row.id,
        supplier=row.supplier,
        reference=row.reference,
        status=ContractState(row.status),
        notice_by=row.notice_by,
        ends_on=row.ends_on,
        cost=row.cost,
        taken_over_by=row.taken_over_by,
    )


def _fill_contract(row: ContractToEnd, values: ContractValues) -> None:
    row.supplier, row.reference, row.status = values.supplier, values.reference, values.status.value
    row.notice_by, row.ends_on, row.cost = values.notice_by, values.ends_on, values.cost
    row.taken_over_by = values.taken_over_by


CONTRACTS = RowKind(
    "contract_to_end",
    queries.contracts_of,
    ContractToEnd,
    contract_values,
    _fill_contract,
    lambda values: values.supplier,
)
