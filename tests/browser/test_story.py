"""The whole way of an application, from the first word to the decision, as four people in Swedish."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from app.programmes.models import Programme
from tests.browser import handling, leading
from tests.browser.gallery import PAGES
from tests.browser.window import Window
from tests.browser.writing import KIND
from tests.conftest import Cast
from tests.story import answers_for

EVERY_PAGE = {re.sub(r"{\w+}", "1", path) for paths in PAGES.values() for path in paths}
"""Those that `test_pages` looks at in every language, width and colour scheme."""


def test_a_project_goes_from_the_first_word_to_the_decision(
    app: Flask, window: Callable[..., Window], cast: Cast, programme: Programme, tmp_path: Path
) -> None:
    answers = answers_for(cast, KIND)
    leader = window().sign_in(cast.leader)
    manager = window().sign_in(cast.manager)
    secretary = window().sign_in(cast.secretary)
    council = window().sign_in(cast.council)

    leading.start(leader)
    leading.write_everything(leader, answers)
    leading.calculate(leader)
    leading.check_and_ask(leader)
    handling.send_back(manager)
    leading.mend_and_ask_again(leader)
    handling.sign(manager)
    handling.find_in_the_list(secretary)
    number = handling.register(secretary)
    handling.return_for_completion(secretary)
    leading.complete(leader)
    handling.compare_and_accept(secretary)
    handling.make_pack(secretary)
    handling.read_pack(council, number, tmp_path)
    handling.record_opinion(secretary)
    handling.decide(secretary)
    leading.learn(leader, number)
    handling.see_the_frame_shrink(secretary)

    visited = set().union(*(person.visited for person in (leader, manager, secretary, council)))
    assert endpoints(app, visited) - endpoints(app, EVERY_PAGE) == set()


def endpoints(app: Flask, addresses: Iterable[str]) -> set[str]:
    """The pages that stand at these addresses; what only answers a form has none."""
    server = app.url_map.bind("localhost")
    paths = {urlsplit(address).path for address in addresses}
    return {server.match(path)[0] for path in paths if server.test(path, "GET")}
