"""A release on the forge, shown to everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeUnreachable
from releasio.frozen import replace
from releasio.rules.forge.release_text import with_mark
from releasio.steps.forge.publish_page import PublishPage
from releasio.steps.step import Done, Todo
from tests.steps.forge.conftest import TAG, TEXT

if TYPE_CHECKING:
    from releasio.rules.forge.release import ReleaseText
    from tests.steps.forge.conftest import ForgeScene


def publish(forge: ForgeScene, text: ReleaseText = TEXT) -> PublishPage:
    return PublishPage(replace(forge.page, text=text))


def test_says_what_it_does(forge: ForgeScene) -> None:
    assert f"publish the release v1.0 on {forge.page.place.name}" == str(publish(forge))


def test_is_to_do_until_everybody_sees_it(forge: ForgeScene) -> None:
    step = publish(forge)

    assert Todo("as the latest") == step.probe(forge.world)
    step.apply(forge.world, forge.run)
    assert Done("everybody sees it") == step.probe(forge.world)
    assert {TAG: f"{forge.github.page}/releases/tag/v1.0"} == forge.run.pages


@pytest.mark.parametrize(
    ("text", "detail", "latest"),
    [
        (TEXT, "as the latest", "true"),
        (
            replace(TEXT, latest=False),
            "not as the latest: a higher version is there",
            "false",
        ),
        (replace(TEXT, latest=False, prerelease=True), "as a pre-release", "false"),
    ],
)
def test_the_version_says_as_what(
    forge: ForgeScene, text: ReleaseText, detail: str, latest: str
) -> None:
    step = publish(forge, text)

    assert Todo(detail) == step.probe(forge.world)
    step.apply(forge.world, forge.run)
    assert (latest, text.prerelease) == (forge.release().latest, forge.release().prerelease)


def test_a_discussion_begins_with_it(forge: ForgeScene) -> None:
    publish(forge, replace(TEXT, discussion="Announcements")).apply(forge.world, forge.run)

    assert forge.release().discussion_url


def test_a_person_s_draft_is_published_in_their_words(forge: ForgeScene) -> None:
    human = replace(TEXT, title="The big one", body="Read this first.")
    forge.page.forge(forge.world).create_release(human)
    publish(forge).apply(forge.world, forge.run)

    assert ("The big one", "Read this first.", False) == (
        forge.release().name,
        forge.release().body,
        forge.release().draft,
    )


def test_running_twice_is_running_once(forge: ForgeScene) -> None:
    forge.page.forge(forge.world).create_release(with_mark(TEXT))
    publish(forge).apply(forge.world, forge.run)
    publish(forge).apply(forge.world, forge.run)

    assert 1 == len(forge.github.state.releases)


def test_a_forge_in_trouble_blocks_nothing_before_its_turn(forge: ForgeScene) -> None:
    forge.github.go_down()
    state = publish(forge).probe(forge.world)

    assert isinstance(state, Todo)
    with pytest.raises(ForgeUnreachable):
        publish(forge).apply(forge.world, forge.run)
    forge.github.heal()
    publish(forge).apply(forge.world, forge.run)
    assert not forge.release().draft


def test_one_that_is_down_is_not_asked_again_by_each_look(forge: ForgeScene) -> None:
    """It takes its time to be down: five tries, and a pause before each."""
    forge.github.go_down()
    states = [publish(forge).probe(forge.world) for _ in range(4)]
    tries = len(forge.github.log)

    assert 1 == len({state.detail for state in states if isinstance(state, Todo)})
    assert tries <= 5
    forge.github.heal()
    publish(forge).apply(forge.world, forge.run)
    assert Done("everybody sees it") == publish(forge).probe(forge.world)


def test_offline_nobody_is_asked(forge: ForgeScene) -> None:
    offline = replace(forge.world, offline=True)

    assert Todo(f"{forge.page.place.name} was not asked") == publish(forge).probe(offline)
