"""Who made a change, and whose login is proven."""

from __future__ import annotations

import pytest

from releasio.config.tables.model import ChangelogConfig
from releasio.rules.forge.links import Links
from releasio.rules.forge.pull_request import CommitOrigin
from releasio.rules.notes.people import People, Person, unique
from tests.rules.history import commit

GITHUB = Links("github", "https://github.com/ada/demo")
GITLAB = Links("gitlab", "https://gitlab.com/ada/demo")
NOREPLY = "users.noreply.github.com"


def people(
    message: str = "fix: a",
    author: tuple[str, str] = ("Ada", "ada@example.org"),
    origin: CommitOrigin | None = None,
    links: Links | None = GITHUB,
    **settings: object,
) -> list[str]:
    """Return who made a commit, as the notes name them."""
    made = commit(message, author=author)
    origins = {made.id: origin} if origin else {}
    who = People(ChangelogConfig(**settings), links, origins)
    return [person.named(links) for person in who.of(made)]


def test_co_authors_have_the_names_of_the_mailmap() -> None:
    made = commit("fix: a\n\nCo-authored-by: ada <old@x.org>", author=("Ada", "ada@new.org"))
    mailmap = {("ada", "old@x.org"): ("Ada", "ada@new.org")}

    assert ["Ada"] == [one.name for one in People(ChangelogConfig(), None, {}, mailmap).of(made)]


class TestALogin:
    def test_is_what_the_forge_says(self) -> None:
        assert ["[@ada](https://github.com/ada)"] == people(origin=CommitOrigin(login="ada"))

    def test_is_what_an_address_with_a_number_proves(self) -> None:
        assert ["[@ada](https://github.com/ada)"] == people(author=("A", f"12+ada@{NOREPLY}"))
        assert ["[@ada](https://gitlab.com/ada)"] == people(
            author=("A", "12-ada@users.noreply.gitlab.com"), links=GITLAB
        )

    @pytest.mark.parametrize(
        ("email", "links"),
        [
            (f"ada@{NOREPLY}", GITHUB),
            (f"12-ada@{NOREPLY}", GITHUB),
            (f"x12+ada@{NOREPLY}", GITHUB),
            (f"12+a<b>@{NOREPLY}", GITHUB),
            ("12+ada@example.org", GITHUB),
            (f"12+ada@{NOREPLY}", GITLAB),
            (f"12+ada@{NOREPLY}", None),
        ],
    )
    def test_is_not_guessed(self, email: str, links: Links | None) -> None:
        assert ["Ada"] == people(author=("Ada", email), links=links)

    def test_that_cannot_be_one_is_none(self) -> None:
        assert ["Ada"] == people(origin=CommitOrigin(login="a](https://evil.example)"))


class TestCoAuthors:
    def test_are_named_with_the_author(self) -> None:
        message = f"fix: a\n\nCo-authored-by: Bo B <bo@x.org>\nco-authored-by: C <3+cy@{NOREPLY}>"

        assert ["Ada", "Bo B", "[@cy](https://github.com/cy)"] == people(message)

    def test_have_the_logins_that_the_forge_says(self) -> None:
        origin = CommitOrigin(login="ada", co_logins=(("bo@x.org", "bo"),))
        message = "fix: a\n\nCo-authored-by: Bo <bo@x.org>"

        assert "[@bo](https://github.com/bo)" == people(message, origin=origin)[1]

    def test_are_no_machines_and_named_once(self) -> None:
        message = (
            "fix: a\n\nCo-authored-by: Ada <ada@example.org>\n"
            f"Co-authored-by: copilot[bot] <198982749+copilot[bot]@{NOREPLY}>"
        )

        assert ["Ada"] == people(message)


class TestNobody:
    @pytest.mark.parametrize(
        "author",
        [
            ("some-app[bot]", "x@example.org"),
            ("App", f"1+some-app[bot]@{NOREPLY}"),
            ("Renovate Bot", f"29139614+renovate[bot]@{NOREPLY}"),
            ("codecov[bot]", "x@example.org"),
            ("github-actions", "github-actions@github.com"),
            ("Release", "action@github.com"),
            ("GPT 5.5", "codex@openai.com"),
            ("Stainless Bot", "dev@stainlessapi.com"),
            ("Stainless", f"107565488+stainless-bot@{NOREPLY}"),
            ("Step Security", "bot@stepsecurity.io"),
            ("Ada (bot)", "x@example.org"),
            ("pyup.io bot", "x@example.org"),
            ("semantic-release", "semantic-release"),
            ("Copilot", f"198982749+Copilot@{NOREPLY}"),
            ("Claude", "noreply@anthropic.com"),
        ],
    )
    def test_is_a_machine(self, author: tuple[str, str]) -> None:
        assert [] == people(author=author)

    def test_is_whom_the_forge_calls_an_application(self) -> None:
        assert [] == people(origin=CommitOrigin(is_bot=True))

    @pytest.mark.parametrize(
        ("name", "email"),
        [("Jan Bot", "jan@example.org"), ("Chrobot", "chrobot@example.org"), ("Bo", "robot@x.org")],
    )
    def test_is_none_who_is_only_called_like_one(self, name: str, email: str) -> None:
        assert [name] == people(author=(name, email))

    def test_is_whom_the_settings_name(self) -> None:
        assert [] == people(ignore_authors=("ADA@example.org",))


def test_the_same_person_is_named_once() -> None:
    ada, with_login = Person("Ada", "a@x.org"), Person("ada", "b@x.org", "ada")
    other_ada = Person("Ada", "c@x.org", "ada-2")

    assert [Person("Ada", "a@x.org", "ada"), other_ada] == [*unique([ada, with_login, other_ada])]


def test_a_name_from_a_commit_is_only_text() -> None:
    assert ["@&#8203;all \\[x\\](y)"] == people(author=("@all [x](y)", "ada@example.org"))
