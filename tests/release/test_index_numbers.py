"""A pre-release that was uploaded without a tag has used up its number all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.bump.request import Request, read_request
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from tests.fakes.foreign import client_of, upload
from tests.fakes.wheels import wheel
from tests.look import Look, offline

if TYPE_CHECKING:
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

CANDIDATE = read_request(prerelease="rc")


@pytest.fixture
def look(project: Repository, index: EmbeddedIndex, tmp_path: Path) -> Look:
    """The project with a mistake repaired, and an index that has 1.2.1rc1 of it."""
    registry = Registry("rehearsal", index.upload_url, index.simple_url)
    credential = Credential("__token__", Secret(index.user_token()), "test")
    with client_of(registry) as client:
        upload(client, wheel(tmp_path, version="1.2.1rc1"), credential)
    project.commit("fix: a mistake")
    return Look(project.path, index.upload_url)


@pytest.mark.parametrize(
    ("request_", "expected"),
    [(CANDIDATE, "new v1.2.1rc2"), (read_request(prerelease="b"), "new v1.2.1b1")],
    ids=["of the same phase", "of another"],
)
def test_numbers_of_the_index_are_not_taken_again(
    look: Look, request_: Request, expected: str
) -> None:
    assert expected == look.outcome(request_)


def test_the_reason_names_what_the_index_has(look: Look) -> None:
    look.outcome(CANDIDATE)

    assert "the index has 1.2.1rc1, which no tag names: counted on from there" in look.reasons


def test_offline_the_tags_tell(look: Look, project: Repository) -> None:
    assert "new v1.2.1rc1" == offline(project).outcome(CANDIDATE)
    assert not any("the index has" in reason for reason in look.reasons)


def test_an_index_that_does_not_answer_is_said(project: Repository) -> None:
    look = Look(project.path)
    facts = look.facts(request=CANDIDATE)

    assert frozenset() == facts.package().on_index
    assert any("is known from the tags alone" in note for note in look.screen.notes)
