"""The table about commits: `[commits]`, and its own parsers."""

from __future__ import annotations

from typing import Literal

from releasio.config.setting import Table, setting


class CommitParser(Table):
    """How one house writes its commit subjects."""

    pattern: str = setting(
        doc="Matched at the start of the subject; named groups say what is what.", check="regex"
    )
    type: str | None = setting(default=None, doc="The type a match gets.")
    type_group: str | None = setting(default=None, doc="The named group that holds the type.")
    group: str | None = setting(default=None, doc="The changelog section a match belongs to.")
    scope_group: str | None = setting(default=None, doc="The named group that holds the scope.")
    description_group: str = setting(
        default="description", doc="The named group that holds the description."
    )
    breaking_indicator: str | None = setting(
        default=None, doc="When it is set, every match is a breaking change."
    )


class CommitsConfig(Table):
    """How commits are read, and what they do to the version."""

    convention: Literal["conventional", "angular", "gitmoji", "prefix", "kernel"] = setting(
        default="conventional",
        doc="How subjects are written. `conventional`: Conventional Commits. `angular`: these, of "
        "the types that Angular has. `gitmoji`: `✨ ...` or `:sparkles: ...`. `prefix`: `[Fix] "
        "...`, `(feat) ...` or `BUG: ...`. `kernel`: `subsystem: ...`, each of them a patch.",
    )
    types_major: tuple[str, ...] = setting(
        default=(), doc="Commit types that raise the major number, besides breaking changes."
    )
    types_minor: tuple[str, ...] = setting(
        default=("feat",), doc="Commit types that raise the minor number."
    )
    types_patch: tuple[str, ...] = setting(
        default=("fix", "perf"), doc="Commit types that raise the patch number."
    )
    types_ignore: tuple[str, ...] = setting(
        default=(), doc="Commit types that are left out: no effect on version or changelog."
    )
    breaking_pattern: str = setting(
        default="BREAKING[ -]CHANGE:",
        doc="Searched in the body, whatever the case; a match is a breaking change.",
        check="regex",
    )
    breaking_patterns: tuple[str, ...] = setting(
        default=(), doc="Further patterns like `commits.breaking_pattern`.", check="regex"
    )
    scope_regex: str | None = setting(
        default=None,
        doc="Leave out commits whose scope does not match; those without a scope stay.",
        check="regex",
    )
    skip_release_patterns: tuple[str, ...] = setting(
        default=("[skip release]", "[release skip]", "[no release]"),
        doc="Leave out commits whose message contains one of these texts.",
    )
    commit_parsers: tuple[CommitParser, ...] = setting(
        default=(), doc="Parsers of your own, tried first and in this order."
    )
    use_conventional_fallback: bool = setting(
        default=True,
        doc="Read what neither a parser nor the convention matches as a conventional commit.",
    )
    unknown_type: str | None = setting(
        default=None, doc="The type of commits that nothing recognises; none leaves them out."
    )
    unknown_group: str | None = setting(
        default=None, doc="The changelog section of commits that nothing recognises."
    )
