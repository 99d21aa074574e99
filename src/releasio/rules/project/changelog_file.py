"""Which file is the changelog, when nobody said."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from releasio.config.tables.model import ChangelogConfig

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
RST = (".rst", ".rest")
ASCIIDOC = (".adoc", ".asciidoc", ".asc")
_OTHERS = (".rst", ".adoc", ".txt", "")
_STEMS = ("CHANGELOG", "CHANGES", "HISTORY", "NEWS")
_ROOT = [spelt for stem in _STEMS for spelt in (stem, stem.capitalize(), stem.lower())]
_DOCS = [f"docs/{stem}" for stem in ("changelog", "CHANGELOG", "changes", "release-notes")]

# what stands in the root comes first: pages of the documentation often only include it
USUAL = tuple(
    f"{stem}{suffix}"
    for stems, suffixes in (
        (_ROOT, (".md",)),
        (_ROOT, _OTHERS),
        (_DOCS, (".md",)),
        (_DOCS, (".rst", ".adoc")),
    )
    for suffix in suffixes
    for stem in stems
)


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
