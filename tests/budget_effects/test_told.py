"""What is taken home is told alike wherever it is told: by the register, the portfolio and the cost cliff."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from app.accounts.access import Viewer
from app.budget_effects import register, service
from app.core.budget_effects import Form
from app.core.workflow import State
from app.db import db, transaction
from app.operations.cliff.beside import series_for
from app.portfolio import queries
from app.portfolio.asked import Wanted
from app.portfolio.moment import Moment, moment_of
from app.programmes.models import Programme
from app.projects.models import Project
from app.realisation.models import Benefit
from tests.budget_effects.effect_story import agree, effect, promise, ready, take
from tests.conftest import Cast
from tests.realisation.measuring_story import AFTERWARDS, TODAY, measure, measured, of, plan
from tests.running_story import running

YEARS = range(TODAY.year, TODAY.year + 11)
LATER = AFTERWARDS + timedelta(days=20)
NOW = moment_of(None, LATER.date())


def two_projects(cast: Cast, programme: Programme) -> tuple[Project, Project]:
    """Money of two budget years, posts and time that stays; some of it is taken back twenty days later."""
    first, second = measured(cast, programme), running(cast, programme, title="Felanmälan på nätet")
    plan(cast, second, indicator="Felanmälningar i telefon")
    measure(cast, second)
    money = ready(cast, first).effect.id
    take(cast, first, Decimal("100000.25"), money)
    before = ready(cast, first, item="Tjänst 7", year=2028, amount=Decimal(60_000)).effect.id
    take(cast, first, Decimal(40_000), before)
    kept = promise(
        cast, first, form=Form.CAPACITY, item="Handläggare", amount=Decimal(30_000),
        staff_years=Decimal("0.25"), used_for="Fler besök.",
    ).effect.id  # fmt: skip
    agree(cast, first, kept)
    take(cast, first, Decimal(30_000), kept)
    posts = ready(
        cast, second, item="Tjänst 9", form=Form.POSTS, staff_years=Decimal(1), amount=Decimal(90_000)
    ).effect.id
    take(cast, second, Decimal(90_000), posts)
    with transaction():
        found = effect(cast.controller, first, money)
        service.take_back(cast.controller, found, Decimal("0.25"), "Avrundat.", LATER)
    return first, second


def in_portfolio(viewer: Viewer, wanted: Wanted, moment: Moment = NOW) -> Decimal:
    return queries.totals(viewer, wanted, moment).whole.taken_home


def test_every_way_to_group_adds_up_to_what_the_ledger_says(cast: Cast, programme: Programme) -> None:
    first, second = two_projects(cast, programme)
    whole = register.sums(cast.secretary, register.Wanted())[1]
    assert (whole.taken_home, whole.kept) == (Decimal(230_000), Decimal(30_000))
    assert in_portfolio(cast.secretary, Wanted()) == whole.taken_home
    rows = queries.rows(cast.secretary, Wanted(), NOW, limit=None)
    assert {row.id: row.taken_home for row in rows} == {
        first.id: Decimal(140_000),
        second.id: Decimal(90_000),
    }
    by_state = [in_portfolio(cast.secretary, Wanted(state=state)) for state in State]
    assert sum(by_state) == whole.taken_home
    departments = (cast.department.id, cast.other_department.id)
    for groups in (
        [register.Wanted(department_id=number) for number in departments],
        [register.Wanted(year=year) for year in (2028, 2029)],
    ):
        sums = [register.sums(cast.secretary, one)[1].taken_home for one in groups]
        assert sum(sums) == whole.taken_home
    in_departments = [in_portfolio(cast.secretary, Wanted(department_id=number)) for number in departments]
    assert sum(in_departments) == whole.taken_home


def test_of_a_category_only_its_own_benefits_count(cast: Cast, programme: Programme) -> None:
    first, _second = two_projects(cast, programme)
    category = of(cast.secretary, first).benefit.category
    sums = {name: in_portfolio(cast.secretary, Wanted(category=name)) for name in _categories(first)}
    assert len(sums) > 1
    assert sums.pop(category) == Decimal(230_000)
    assert not any(sums.values()), "another benefit of the same project took nothing home"


def _categories(project: Project) -> set[str]:
    query = db.select(Benefit.category).where(Benefit.project_id == project.id)
    return set(db.session.scalars(query))


def test_an_earlier_day_knows_nothing_of_what_was_taken_back_since(cast: Cast, programme: Programme) -> None:
    two_projects(cast, programme)
    taken_on = AFTERWARDS.date()
    last = LATER.date() + timedelta(days=1)
    assert in_portfolio(cast.secretary, Wanted(), moment_of(taken_on, last)) == Decimal("230000.25")
    assert in_portfolio(cast.secretary, Wanted(), moment_of(LATER.date(), last)) == Decimal(230_000)
    assert in_portfolio(cast.secretary, Wanted(), moment_of(taken_on - timedelta(days=1), last)) == 0


def test_the_cost_cliff_has_what_is_taken_home_in_the_budget_of_its_first_year(
    cast: Cast, programme: Programme
) -> None:
    two_projects(cast, programme)

    def told(viewer: Viewer, department_id: int | None, years: range) -> dict[int, Decimal]:
        series = series_for(viewer, department_id, years)
        return next(dict(row.amounts) for row in series if row.label == "Hemtaget i budget")

    years = {year: range(year, year + 11) for year in (2028, 2029, 2030)}
    sums = {year: told(cast.secretary, None, ahead) for year, ahead in years.items()}
    assert sums == {2028: {2028: Decimal(40_000)}, 2029: {2029: Decimal(190_000)}, 2030: {2030: Decimal(0)}}
    assert told(cast.secretary, cast.department.id, YEARS) == sums[2029]
    assert told(cast.secretary, cast.other_department.id, YEARS) == {2029: Decimal(0)}
    assert told(cast.nobody, None, YEARS) == {2029: Decimal(0)}
