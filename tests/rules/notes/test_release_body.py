"""What the page of a release tells, and what each setting does to it."""

from __future__ import annotations

import pytest

from releasio.config.reading.generations import EMOJI_TITLES
from releasio.config.tables.forge import GithubConfig
from releasio.config.tables.model import ChangelogConfig, CommitsConfig
from releasio.rules.commits.reading import read_changes
from releasio.rules.contents.record import BuiltFile
from releasio.rules.forge.links import Links
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from releasio.rules.notes.people import People
from releasio.rules.notes.release_body import ReleaseStory, release_body
from tests.rules.history import commit

LINKS = Links("github", "https://github.com/ada/demo")
OURS = Registry("ours", "https://pkgs.example.org/up/", "https://pkgs.example.org/simple/")
FILES = (BuiltFile("b.whl", 999, "b" * 64), BuiltFile("a.tar.gz", 1_234_567, "a" * 64))
BO = ("Bo", "bo@example.org")


def body(
    *messages: str,
    registry: Registry | None = PYPI,
    files: tuple[BuiltFile, ...] | None = (),
    links: Links | None = LINKS,
    version: str = "1.2.0",
    changelog: ChangelogConfig | None = None,
    people: int = 0,
    **settings: bool,
) -> str:
    """Return the page of a release with commits of Ada, and of others."""
    changelog = changelog or ChangelogConfig()
    others = [commit(f"docs: {one}", author=(f"P{one}", f"p{one}@x.org")) for one in range(people)]
    made = [*map(commit, messages or ("fix: a",)), commit("fix: b", author=BO), *others]
    reading = read_changes(made, CommitsConfig())
    story = ReleaseStory(
        project="demo",
        version=version,
        tag=f"v{version}",
        previous="v1.1.0",
        changes=[change for change in reading.changes if change.type != "docs"],
        commits=reading.commits,
        people=People(changelog, links, {}),
        links=links,
        earlier_authors=frozenset({"ADA@example.org"}),
        registry=registry,
        files=files,
    )
    return release_body(story, changelog, GithubConfig(**settings))


class TestSettings:
    @pytest.mark.parametrize(
        ("setting", "text"),
        [
            ("release_body_show_authors", "- a by Ada Tester\n"),
            ("release_body_include_contributors", "### Contributors\n\n- Ada Tester\n- Bo\n"),
            ("release_body_include_installation", "### Installation\n"),
            ("release_body_include_assets", "### Assets\n"),
            ("release_body_use_emojis", "### 🐛 Bug Fixes\n"),
        ],
    )
    def test_take_a_part_away(self, setting: str, text: str) -> None:
        assert text in body(files=FILES)
        assert text not in body(files=FILES, **{setting: False})

    def test_without_emoji_breaking_changes_come_first_all_the_same(self) -> None:
        text = body("feat: a", "fix!: c", release_body_use_emojis=False)

        assert ["Breaking Changes", "Features", "Bug Fixes", "Contributors", "Installation"] == [
            line[4:] for line in text.splitlines() if line.startswith("### ")
        ]

    def test_titles_of_the_project_count_more(self) -> None:
        own = ChangelogConfig(section_headers={"fix": "Mended"})
        kept = ChangelogConfig(section_headers=EMOJI_TITLES)

        assert "### Mended\n" in body(changelog=own)
        assert "### Mended\n" in body(changelog=own, release_body_use_emojis=False)
        assert "### Bug Fixes\n" in body(changelog=kept, release_body_use_emojis=False)


class TestInstallation:
    @pytest.mark.parametrize(
        ("registry", "commands"),
        [
            (PYPI, ("pip install demo==1.2.0", "uv add demo==1.2.0")),
            (
                TESTPYPI,
                (
                    f"pip install --index-url {TESTPYPI.index} --no-deps demo==1.2.0",
                    f"uv pip install --index-url {TESTPYPI.index} --no-deps demo==1.2.0",
                ),
            ),
            (
                OURS,
                (
                    f"pip install --index-url {OURS.index} demo==1.2.0",
                    f"uv add --index {OURS.index} demo==1.2.0",
                ),
            ),
        ],
        ids=["PyPI", "TestPyPI", "ours"],
    )
    def test_is_from_the_index_that_has_it(
        self, registry: Registry, commands: tuple[str, ...]
    ) -> None:
        text = body(registry=registry)

        assert commands == tuple(
            line for line in text.splitlines() if line.startswith(("pip ", "uv "))
        )

    @pytest.mark.parametrize(
        "registry", [None, Registry("odd", "https://x.example.org/upload", None)]
    )
    def test_is_not_told_where_nobody_can(self, registry: Registry | None) -> None:
        assert "Installation" not in body(registry=registry)

    def test_is_for_copying(self) -> None:
        assert "pip install 'demo==1!1.2.0'\n" in body(version="1!1.2.0")


class TestAssets:
    def test_are_listed_by_name_with_size_and_digest(self) -> None:
        assert (
            "| File | Size | SHA-256 |\n| --- | ---: | --- |\n"
            f"| `a.tar.gz` | 1.2 MB | `{'a' * 64}` |\n| `b.whl` | 999 bytes | `{'b' * 64}` |\n"
        ) in body(files=FILES)

    def test_are_told_to_come_before_they_are_built(self) -> None:
        assert "### Assets\n\n_As they are built._\n" in body(files=None)
        assert "Assets" not in body(files=None, registry=None)


class TestContributors:
    def test_newcomers_are_marked_where_it_is_set(self) -> None:
        changelog = ChangelogConfig(show_first_time_contributors=True)

        assert "- Ada Tester\n- Bo 🎉 First contribution!\n" in body(changelog=changelog)
        assert "🎉" not in body()

    def test_of_very_many_the_rest_is_counted(self) -> None:
        assert "- and 22 more\n" in body(people=120)


def test_without_a_forge_nothing_is_a_link() -> None:
    text = body("fix: a (#7)", links=None)

    assert "- a (#7) by Ada Tester\n" in text
    assert "](" not in text


def test_nothing_to_tell_is_said() -> None:
    assert body("docs: a", changelog=ChangelogConfig(exclude_types=("fix", "docs"))).startswith(
        "No notable changes.\n\n"
    )
