"""A run that failed, on the page and in the outputs of its job in GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.cli.show.alike import folded, of_others
from releasio.cli.show.outputs import append_outputs, append_summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from releasio.cli.context import App
    from releasio.errors.base import ReleasioError

_MARKS = {
    "blocked": "[!]",
    "todo": "[ ]",
    "done": "[x]",
    "omitted": "[-]",
    "applied": "[x]",
}


def tell_failure(app: App, errors: Sequence[ReleasioError], code: int) -> None:
    """Write what failed, what was done before and how it stands, where a job asks for it."""
    _tell(app, _words(errors), "failed" if code else "had nothing to do")


def tell_end(app: App, sentence: str) -> None:
    """Likewise for a run that something else than a foreseen error ended."""
    _tell(app, [sentence], "failed")


def _tell(app: App, words: Iterable[str], ending: str) -> None:
    release = _release(app.document)
    outputs = {"version": release["version"], "tag": release["tag"]} if release else {}
    if pages := app.document.get("pages"):
        outputs["release-url"] = " ".join(page["url"] for page in pages)
    append_outputs(app.env, {**outputs, "released": "false"})
    append_summary(app, _summary(app, words, ending))


def _words(errors: Sequence[ReleasioError]) -> Iterator[str]:
    for error, others in folded(errors):
        yield f"{error}"
        if error.hint:
            yield f"  {error.hint}"
        yield f"  (releasio explain {error.code})"
        if others:
            yield f"  {of_others(others)}"


def _summary(app: App, words: Iterable[str], ending: str) -> Iterator[str]:
    subject = ""
    if release := _release(app.document):
        subject = f": {app.document['packages'][0]['name']} {release['version']}"
    yield f"## releasio {app.command} {ending}{subject}\n"
    yield "```text"
    yield from words
    for stage in app.document.get("stages", ()):
        yield f"\n{stage['stage']}"
        yield from (f"  {_MARKS[step['state']]} {step['step']}" for step in stage["steps"])
    yield "```"
    if standing := app.standing():
        yield f"\n{standing}\n"


def _release(document: dict[str, Any]) -> dict[str, Any]:
    packages = document.get("packages") or [{}]
    return packages[0].get("release") or {}
