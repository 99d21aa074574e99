"""Which file is the changelog, when nobody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.project.project_files import MANIFEST, SETUP_CFG

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from releasio.config.tables.model import ChangelogConfig

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
RST = (".rst", ".rest")
ASCIIDOC = (".adoc", ".asciidoc", ".asc")
_OTHERS = (".rst", ".adoc", ".txt", "")
_STEMS = ("CHANGELOG", "CHANGES", "HISTORY", "NEWS")
_ROOT = [spelt for stem in _STEMS for spelt in (stem, stem.capitalize(), stem.lower())]
_DOCS = [f"docs/{stem}" for stem in ("changelog", "CHANGELOG", "changes", "release-notes")]
_FURTHER = [
    *("RELEASE_NOTES", "RELEASE-NOTES", "docs/release_notes", "docs/versionhistory"),
    *(
        f"{folder}/{stem}"
        for folder in ("docs/source", "doc")
        for stem in ("changelog", "changes", "release-notes", "release_notes")
    ),
]

# what stands in the root comes first: pages of the documentation often only include it
USUAL = tuple(
    f"{stem}{suffix}"
    for stems, suffixes in (
        (_ROOT, (".md",)),
        (_ROOT, _OTHERS),
        (_DOCS, (".md",)),
        (_DOCS, (".rst", ".adoc")),
        (_FURTHER, (".md", ".rst")),
    )
    for suffix in suffixes
    for stem in stems
)
# where tools that collect news fragments have their settings, those first that count most
TOWNCRIER_FILE = "towncrier.toml"
COLLECTOR_FILES = (TOWNCRIER_FILE, MANIFEST, SETUP_CFG, "tox.ini")
_COLLECTORS = (b"towncrier", b"scriv")


def is_undecided(settings: ChangelogConfig) -> bool:
    """Whether nobody said which file the changelog is, nor what collects it."""
    return settings.enabled and settings.fragments is None and not settings.is_set("path")


def may_be_collected(documents: Mapping[str, bytes | None], folder: str) -> bool:
    """Whether the files of the project in *folder* name a tool that collects news fragments."""
    paths = (f"{folder}/{name}" if folder else name for name in COLLECTOR_FILES)
    contents = [documents.get(path) or b"" for path in paths]
    return any(tool in content for content in contents for tool in _COLLECTORS)


def changelog_names(settings: ChangelogConfig) -> tuple[str, ...]:
    """Return the files that may be the changelog, relative to the project, the likeliest first."""
    return (settings.path,) if settings.is_set("path") else (settings.path, *USUAL)


def changelog_name(settings: ChangelogConfig, files: Container[str]) -> str:
    """
    Return the file that is the changelog, relative to the project.

    What somebody set is taken. Otherwise it is the first of the usual names that
    is among *files*, so that no second changelog grows beside a project's `CHANGES.md`.
    Where none of them is, it is the default, still to be written.
    """
    names = changelog_names(settings)
    return next((name for name in names if name in files), settings.path)


def is_markdown(name: str) -> bool:
    """Whether the file is Markdown, as its name tells."""
    return name.lower().endswith(MARKDOWN)
