"""The table about notes: `[changelog]`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from releasio.config.setting import Table, setting

OWN_FILE = "cliff.toml is the project's own file; `changelog.engine` has git-cliff read it"
BODY = f"{OWN_FILE}; `changelog.section_template` is a template of releasio's"

# what people who use a package notice; breaking changes besides
FOR_USERS = (
    "feat",
    "feature",
    "fix",
    "perf",
    "security",
    "deprecate",
    "deprecated",
    "deprecation",
    "revert",
)
BOTS = (
    "dependabot[bot]",
    "dependabot-preview[bot]",
    "renovate[bot]",
    "renovate-bot",
    "github-actions[bot]",
    "pre-commit-ci[bot]",
    "codecov[bot]",
    "semantic-release-bot",
    "allcontributors[bot]",
    "snyk-bot",
    "greenkeeper[bot]",
    "imgbot[bot]",
    "depfu[bot]",
    "pyup-bot",
    "mergify[bot]",
)


class ChangelogConfig(Table):
    """What the changelog looks like and who is named in it."""

    enabled: bool = setting(default=True, doc="Write the changelog.")
    path: str = setting(
        default="CHANGELOG.md",
        doc="The file, relative to the project. Where nobody sets it and that file is missing, an "
        "existing `CHANGES.md`, `HISTORY.rst`, `NEWS.adoc` or `docs/changelog.md` is taken: "
        "Markdown, reStructuredText or AsciiDoc. One that names no version is left to its authors.",
        check="path",
    )
    fragments: Literal["towncrier", "scriv"] | None = setting(
        default=None,
        doc="The tool that writes the changelog from news fragments, which then decide about the "
        "version, too. It has to be installed; where its fragments are, its own settings say.",
    )
    header: str | None = setting(default=None, doc="Text that goes above the new section.")
    version_header_template: str | None = setting(
        default=None,
        doc="The heading of a section, with `{version}`, `{date}` and `{compare_url}`; without "
        "one, the form of Keep a Changelog.",
    )
    commit_template: str | None = setting(
        default=None,
        doc="One entry, with `{type}`, `{scope}`, `{description}`, `{body}`, `{hash}`, "
        "`{short_hash}`, `{author}`, `{author_email}`, `{pr_number}` and `{date}`.",
    )
    section_template: str | None = setting(
        default=None,
        doc="A Jinja2 template of the notes: a file of the project, or the template itself. It "
        "writes Markdown; `releasio[templates]` has to be installed.",
        check="template",
    )
    section_headers: MappingProxyType[str, str] = setting(
        default=MappingProxyType({}),
        doc="The title of each commit type's group, and of `breaking` changes where they have one. "
        "What is not named has the title that the file uses, else that of Keep a Changelog.",
    )
    section_order: tuple[str, ...] = setting(
        default=(),
        doc="Commit types in the order of their sections; those not named follow in the usual "
        "order.",
    )
    include_types: tuple[str, ...] = setting(
        default=FOR_USERS,
        doc="List commits of these types only, and what breaks; an empty list means all. Where "
        "nobody sets it, types and groups of your own settings are listed, too, and what bots say "
        "of updated dependencies becomes one line.",
    )
    exclude_types: tuple[str, ...] = setting(
        default=(), doc="List no commits of these types; breaking changes stay."
    )
    exclude_scopes: tuple[str, ...] = setting(
        default=(), doc="List no commits of these scopes; breaking changes stay."
    )
    include_scope: bool = setting(default=True, doc="Show the scope of an entry.")
    group_by_scope: bool = setting(default=False, doc="Group the entries of a section by scope.")
    include_prereleases: bool = setting(
        default=True,
        doc="Give pre-releases sections of their own; else the final release alone has one, which "
        "tells what they brought.",
    )
    show_authors: bool = setting(default=False, doc="Name the author of each entry.")
    ignore_authors: tuple[str, ...] = setting(
        default=BOTS, doc="Authors that are not named; machines, mostly."
    )
    show_commit_hash: bool = setting(default=False, doc="Show the short commit id of each entry.")
    show_first_time_contributors: bool = setting(
        default=False, doc="Mark the first contribution of a person."
    )
    first_contributor_badge: str = setting(
        default="🎉 First contribution!", doc="The mark of a first contribution."
    )
    include_dependency_updates: bool = setting(
        default=False,
        doc="Add a section with the dependencies that differ from those of the last release, in "
        "the manifest and in `uv.lock`, `poetry.lock`, `pdm.lock` or `pylock.toml`.",
    )
    dependency_section_header: str = setting(
        default="📦 Dependencies",
        doc="The heading of the section with changed dependencies.",
    )
    use_github_prs: bool = setting(
        default=False,
        doc="Word the notes by merged pull requests, their titles and labels, where the forge "
        "answers; else by commits.",
    )
    engine: Literal["native", "git-cliff"] | None = setting(
        default=None,
        doc="Who writes the notes: releasio, or `git-cliff` as the project's cliff.toml says.",
    )
    native_fallback: bool = setting(
        default=True, doc="Write the notes where `engine` is git-cliff, and it is not installed."
    )
    cliff_config: str | None = setting(
        default=None, doc="The settings file of git-cliff, where it is no cliff.toml.", check="path"
    )
    generate_cliff_config: bool = setting(
        default=False, doc="Write a git-cliff settings file.", dead=OWN_FILE
    )
    body: str | None = setting(default=None, doc="A git-cliff body.", dead=BODY)
    cliff_body_template: str | None = setting(default=None, doc="A git-cliff body.", dead=BODY)
    template: str | None = setting(default=None, doc="A git-cliff template.", dead=BODY)
