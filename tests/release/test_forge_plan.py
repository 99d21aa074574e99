"""Facts to steps: what of a release is seen on the forge, and in which order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.config.tables.forge import GithubConfig
from releasio.config.tables.model import Config, HooksConfig
from releasio.frozen import replace
from releasio.release.plans.plan import Built
from releasio.release.plans.publish import plan_publish, push_of
from releasio.rules.bump.request import Request
from releasio.rules.contents.record import BuiltFile, Record
from releasio.rules.contents.tag_message import has_page, moves_of_tag
from releasio.rules.forge.place import ForgePlace
from releasio.steps.forge.ask_forge import AskForge
from releasio.steps.forge.no_page import NoPage
from releasio.steps.forge.page import Page
from tests.decided import release
from tests.known import HEAD, facts

if TYPE_CHECKING:
    from releasio.release.facts import Facts

GITHUB = ForgePlace("github", "github.com", "acme", "demo", "https://api.github.com")
BUILT = Built(
    Record("demo", "1.2.1", "v1.2.1", HEAD, 1, (BuiltFile("demo-1.2.1.tar.gz", 9, "c" * 64),)),
    Path("dist"),
)


def on_forge(
    known: Facts, *, place: ForgePlace | None = GITHUB, token: bool | None = True
) -> Facts:
    return replace(known, repository=replace(known.repository, forge=place, forge_token=token))


def with_settings(**settings: object) -> Facts:
    return on_forge(facts(config=Config(github=GithubConfig(**settings))))


def texts(known: Facts, *, tagged: bool = True) -> list[str]:
    """Return the steps of the publish stage that have to do with the forge, or push."""
    one = release(known)
    steps = plan_publish(known, (one,), "d" * 40, {one.tag: BUILT}, tagged=tagged).steps
    words = ("GitHub", "forge", "push", "move", "hook", "upload")
    return [str(step) for step in steps if any(word in str(step) for word in words)]


def test_the_page_is_drafted_after_the_push_and_published_after_everything() -> None:
    config = Config(
        github=GithubConfig(floating_tags=("major", "minor"), dispatch=("docs.yml",)),
        hooks=HooksConfig(post_release=("tell",)),
    )

    assert [
        "ask GitHub for the release v1.2.1",
        "push main and tag v1.2.1 to origin, both or neither",
        "create the draft release v1.2.1 on GitHub",
        "upload demo 1.2.1 to pypi (https://upload.pypi.org/legacy/)",
        "attach the files of v1.2.1 on GitHub",
        "publish the release v1.2.1 on GitHub",
        "move v1 and v1.2 to v1.2.1 on origin",
        "start docs.yml on v1.2.1 on GitHub",
        "run hook post_release: tell",
    ] == texts(on_forge(facts(config=config)))


def test_a_draft_that_is_wished_for_stays_one() -> None:
    assert not [step for step in texts(with_settings(draft_releases=True)) if "publish the" in step]


@pytest.mark.parametrize("known", [on_forge(facts()), facts()])
def test_a_development_version_gets_no_page(known: Facts) -> None:
    one = replace(release(known), version=Version("1.3.0.dev1"))
    steps = [str(step) for step in plan_publish(known, (one,), "d" * 40).steps]

    assert [] == [step for step in steps if "release v1.2.1 on" in step or "ask GitHub" in step]
    assert not has_page(push_of(known, (one,), "d" * 40).tags[0].message)


@pytest.mark.parametrize("token", [False, None])
def test_without_a_token_one_line_says_so_and_nothing_else_changes(*, token: bool | None) -> None:
    known = facts()

    assert [
        "push main and tag v1.2.1 to origin, both or neither",
        "create the release v1.2.1 on GitHub",
        "upload demo 1.2.1 to pypi (https://upload.pypi.org/legacy/)",
    ] == texts(on_forge(known, token=token))


@pytest.mark.parametrize(
    "known",
    [
        with_settings(releases=False),
        on_forge(facts(), place=None, token=None),
    ],
    ids=["switched off", "on no forge"],
)
def test_where_there_is_to_be_no_page_nothing_is_said_of_it(known: Facts) -> None:
    assert not [step for step in texts(known) if "GitHub" in step or "forge" in step]


@pytest.mark.parametrize("unfinished", [None, "v1.2.0"])
def test_a_page_that_must_be_is_missed_only_before_something_is_public(
    unfinished: str | None,
) -> None:
    known = facts(unfinished=unfinished, config=Config(github=GithubConfig(releases=True)))
    one = release(on_forge(known, token=False))
    steps = plan_publish(on_forge(known, token=False), (one,), None).steps
    (no_page,) = [step for step in steps if isinstance(step, NoPage)]

    assert (unfinished is None) == no_page.required


def test_files_that_are_uploaded_as_they_are_make_no_page() -> None:
    assert not [step for step in texts(on_forge(facts()), tagged=False) if "GitHub" in step]


def test_what_is_public_already_is_not_asked_for() -> None:
    known = on_forge(facts(unfinished="v1.2.0"))
    steps = plan_publish(known, (release(known),), None).steps

    assert not [step for step in steps if isinstance(step, AskForge)]


def test_without_an_upload_there_is_a_page_with_the_projects_own_files() -> None:
    """As in 2.x, where `--skip-publish` left out the index alone."""
    request, own = Request(publish=False), ("docs.zip",)
    known = on_forge(facts(request=request))
    with_own = on_forge(
        facts(request=request, config=Config(github=GithubConfig(release_assets=own)))
    )

    assert "publish the release v1.2.1 on GitHub" in texts(known)
    assert "attach the files of v1.2.1 on GitHub" not in texts(known)
    assert "attach the files of v1.2.1 on GitHub" in texts(with_own)


class TestTag:
    def test_tells_that_there_is_to_be_a_page_and_what_moves(self) -> None:
        known = with_settings(floating_tags=("minor",))
        one = release(known)
        (tag,) = push_of(known, (one,), "d" * 40, {one.tag: BUILT}).tags

        assert tag.message.endswith(
            "to: pypi\npage: https://github.com/acme/demo/releases/tag/v1.2.1\nmoves: v1.2"
        )
        assert (True, ("v1.2",)) == (has_page(tag.message), moves_of_tag(tag.message))

    @pytest.mark.parametrize(
        "known", [with_settings(releases=False), on_forge(facts(), token=False)]
    )
    def test_promises_no_page_where_none_is_made(self, known: Facts) -> None:
        one = release(known)
        (tag,) = push_of(known, (one,), "d" * 40, {one.tag: BUILT}).tags

        assert not has_page(tag.message)

    def test_of_a_prerelease_moves_nothing(self) -> None:
        config = Config(github=GithubConfig(floating_tags=("major",)))
        known = on_forge(facts("1.3.0rc1", last="v1.2.0", config=config))
        one = release(known)
        (tag,) = push_of(known, (one,), "d" * 40).tags

        assert () == moves_of_tag(tag.message)
        assert not [step for step in texts(known) if step.startswith("move")]


def test_pages_of_two_plans_are_alike() -> None:
    """A preview and the run speak of the same page."""
    known = on_forge(facts())
    pages = [
        step.page
        for step in plan_publish(known, (release(known),), None).steps
        if isinstance(getattr(step, "page", None), Page)
    ]

    assert 3 == len(pages)
    assert {pages[0]} == set(pages)
