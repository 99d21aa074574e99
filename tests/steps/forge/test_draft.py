"""The draft of a release: made, found again, left to who worded it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.frozen import replace
from releasio.rules.forge.release_text import is_ours, with_mark
from releasio.steps.forge.draft import AGAIN, Draft
from releasio.steps.step import Done, Omitted, Todo
from tests.steps.forge.conftest import TAG, TEXT

if TYPE_CHECKING:
    from tests.steps.forge.conftest import ForgeScene


def test_says_what_it_does(forge: ForgeScene) -> None:
    name = forge.page.place.name

    assert f"create the draft release v1.0 on {name}" == str(Draft(forge.page))


def test_is_to_do_until_it_is_done(forge: ForgeScene) -> None:
    draft = Draft(forge.page)

    assert Todo() == draft.probe(forge.world)
    assert draft.apply(forge.world, forge.run) is None
    assert Done("the draft is there") == draft.probe(forge.world)


def test_running_twice_is_running_once(forge: ForgeScene) -> None:
    draft = Draft(forge.page)
    draft.apply(forge.world, forge.run)
    draft.apply(forge.world, forge.run)

    assert ["repos/create-release"] == forge.changes()
    assert (True, "demo v1.0", 1) == (
        forge.release().draft,
        forge.release().name,
        len(forge.github.state.releases),
    )


def test_notes_its_address(forge: ForgeScene) -> None:
    Draft(forge.page).apply(forge.world, forge.run)

    assert [TAG] == [*forge.run.pages]
    assert "/releases/tag/untagged-" in forge.run.pages[TAG]


def test_its_text_is_known_again(forge: ForgeScene) -> None:
    Draft(forge.page).apply(forge.world, forge.run)
    release = forge.page.forge(forge.world).release(TAG)

    assert release is not None
    assert is_ours(release)
    assert release.body.startswith(TEXT.body)


def test_a_draft_of_ours_gets_the_text_of_today(forge: ForgeScene) -> None:
    older = replace(forge.page, text=replace(TEXT, body="### Fixed\n\n- nothing"))
    Draft(older).apply(forge.world, forge.run)
    draft = Draft(forge.page)

    assert Todo("the draft that is there gets its text") == draft.probe(forge.world)
    draft.apply(forge.world, forge.run)
    assert with_mark(TEXT).body.strip() == (forge.release().body or "").strip()


def test_who_finishes_a_release_leaves_the_text_of_who_began_it(forge: ForgeScene) -> None:
    Draft(forge.page).apply(forge.world, forge.run)
    poorer = replace(TEXT, body="- a mistake")
    draft = Draft(replace(forge.page, text=poorer, finishes=True))

    assert Done("the draft is there") == draft.probe(forge.world)
    assert (forge.release().body or "").startswith(TEXT.body)


def test_who_finishes_a_release_without_a_draft_words_it(forge: ForgeScene) -> None:
    Draft(replace(forge.page, finishes=True)).apply(forge.world, forge.run)

    assert (forge.release().body or "").startswith(TEXT.body)


def test_a_draft_of_a_person_is_used_and_keeps_its_words(forge: ForgeScene) -> None:
    human = replace(TEXT, title="The big one", body="Read this first.")
    forge.page.forge(forge.world).create_release(human)
    draft = Draft(forge.page)

    assert Done("the draft of a person is used") == draft.probe(forge.world)
    draft.apply(forge.world, forge.run)
    assert ("The big one", "Read this first.") == (forge.release().name, forge.release().body)
    assert 1 == len(forge.github.state.releases)


def test_words_that_a_person_added_to_ours_stay(forge: ForgeScene) -> None:
    Draft(forge.page).apply(forge.world, forge.run)
    forge.release().body = f"Hello!\n\n{forge.release().body}"
    newer = replace(forge.page, text=replace(TEXT, body="### Fixed\n\n- more"))

    Draft(newer).apply(forge.world, forge.run)

    assert (forge.release().body or "").startswith("Hello!\n\n### Fixed\n\n- a mistake")


def test_a_published_release_needs_no_draft(forge: ForgeScene) -> None:
    client = forge.page.forge(forge.world)
    client.publish_release(client.create_release(TEXT), TEXT)

    assert Done("it is published already") == Draft(forge.page).probe(forge.world)


@pytest.mark.parametrize("how", ["503-before", "403-before", "reset-before"])
def test_a_forge_in_trouble_does_not_hold_up_the_upload(forge: ForgeScene, how: str) -> None:
    forge.github.fail(how, times=1000)
    draft = Draft(forge.page)
    state = draft.probe(forge.world)

    assert isinstance(state, Todo)
    assert forge.page.place.name in state.detail
    assert Omitted(AGAIN) == draft.apply(forge.world, forge.run)
    assert forge.screen.notes[-1].endswith("The upload goes on")


def test_offline_nobody_is_asked(forge: ForgeScene) -> None:
    offline = replace(forge.world, offline=True)

    assert Todo(f"{forge.page.place.name} was not asked") == Draft(forge.page).probe(offline)
    assert [] == forge.github.log


def test_without_a_token_the_reason_is_said(forge: ForgeScene) -> None:
    without = replace(forge.world, env={}, _forges={})
    state = Draft(forge.page).probe(without)

    assert isinstance(state, Todo)
    assert f"there is no token for {forge.page.place.name}" in state.detail
