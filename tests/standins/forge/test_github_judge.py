"""What GitHub's own documents have not, the judge of the stand-in finds."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from tests.forges.octokit.judge import objections
from tests.standins.forge.test_github_releases import client, draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.standins.forge.exchange import Exchange
    from tests.forges.github import FaultyGitHub

VIEWER = "query { viewer { login } }"


def ask(github: FaultyGitHub, query: str) -> None:
    with client(github) as here:
        here.post(f"{github.site}/api/graphql", json={"query": query})


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda one: one.answer.update(colour="red"), "'colour' was unexpected"),
        (lambda one: one.answer.pop("tag_name"), "'tag_name' is a required property"),
        (lambda one: one.answer.update(draft="yes"), "'yes' is not of type 'boolean'"),
        (lambda one: one.answer["author"].update(nick="a"), "'nick' was unexpected"),
        (lambda one: one.body.update(tagName="v1"), "'tagName' was unexpected"),
        (lambda one: one.body.pop("tag_name"), "'tag_name' is a required property"),
        (lambda one: one.query.update(lable="x"), "no query of this name: lable"),
        (lambda one: vars(one).update(status=218), "this status is not in the document"),
    ],
)
def test_it_objects_to_members_and_names_that_are_not_there(
    github: FaultyGitHub, spoil: Callable[[Exchange], object], words: str
) -> None:
    with client(github) as here:
        draft(here)
    spoilt = deepcopy(github.log[-1])
    spoil(spoilt)

    assert [] == objections(github.log[-1])
    assert words in " ".join(objections(spoilt))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("query { viewer { shoeSize } }", "Cannot query field 'shoeSize'"),
        (
            'query { repository(name: "demo") { id } }',
            "'Query.repository(owner:)' of type 'String!' is required",
        ),
    ],
)
def test_it_objects_to_a_query_that_the_schema_does_not_know(
    github: FaultyGitHub, query: str, words: str
) -> None:
    ask(github, VIEWER)
    exchange = deepcopy(github.log[-1])
    exchange.body["query"] = query

    assert words in " ".join(objections(exchange))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"viewer": None}, "Cannot return null for non-nullable field Query.viewer."),
        ({"viewer": {"login": {"is": "ada"}}}, "String cannot represent value"),
        ({"viewer": {"login": "ada", "age": 36}}, "there is more in the answer"),
    ],
)
def test_it_objects_to_an_answer_that_the_schema_does_not_allow(
    github: FaultyGitHub, data: dict[str, Any], words: str
) -> None:
    ask(github, VIEWER)
    exchange = deepcopy(github.log[-1])
    exchange.answer = {"data": data}

    assert words in " ".join(objections(exchange))
