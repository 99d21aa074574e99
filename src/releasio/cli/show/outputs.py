"""What a GitHub Actions job gets to work with: `$GITHUB_OUTPUT`, written by the program itself."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from releasio.cli.context import App
    from releasio.release.preview import Preview

NOTHING: Mapping[str, str] = MappingProxyType({})


def write_outputs(
    app: App, preview: Preview, *, released: bool, pages: Mapping[str, str] = NOTHING
) -> None:
    """
    Give the job `version` and `tag` of what is, or would be, released; empty for nothing.

    `released` is true only when this run has released it; `release-url` is the address of what
    is on the forge then, by tag in *pages*.
    """
    append_outputs(
        app.env,
        {
            "version": " ".join(str(release.version) for release in preview.releases),
            "tag": " ".join(release.tag for release in preview.releases),
            "released": str(released).lower(),
            "release-url": " ".join(pages.values()),
        },
    )


def append_summary(app: App, lines: Iterable[str]) -> None:
    """Append *lines*, made harmless, to the page that `$GITHUB_STEP_SUMMARY` names, if any."""
    app.has_page = True
    if name := app.env.get("GITHUB_STEP_SUMMARY"):
        text = app.screen.clean("\n".join(lines))
        with Path(name).open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{text}\n")


def append_outputs(env: Mapping[str, str], values: Mapping[str, str]) -> None:
    """
    Append *values* to the file `$GITHUB_OUTPUT` names, if it names one.

    Each value goes between delimiters nobody can guess, so that a line break in
    it cannot set another output.
    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    name = env.get("GITHUB_OUTPUT")
    if not name:
        return
    import secrets  # 5 ms, and only GitHub Actions has such a file

    mark = f"end-{secrets.token_hex(16)}"
    with Path(name).open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{key}<<{mark}\n{value}\n{mark}\n" for key, value in values.items())
