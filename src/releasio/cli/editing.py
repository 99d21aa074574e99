"""`--edit`: the notes in the editor, before anything is done."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from releasio.errors.project.edited_notes import (
    EditNeedsTerminal,
    EditorFails,
    NotesCommitted,
    NotesEmpty,
)
from releasio.frozen import replace
from releasio.rules.bump.request import EditedNotes

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.cli.context import App
    from releasio.config.reading.load import Settings
    from releasio.release.changelog.edited import Editable
    from releasio.rules.bump.request import Request
    from releasio.world.world import World


def edited_request(app: App, settings: Settings, request: Request) -> Request:
    """
    Return *request* with the notes as somebody left them in the editor.

    Where nothing would be released, or something stands in the way, it is returned as it is.

    Raises:
        EditNeedsTerminal: Nobody can be asked.
        NotesCommitted: The notes are not to be written any more.
        EditorFails: The editor did not end well.
        NotUtf8: It left no text, or one in another encoding.
        NotesEmpty: The text is empty.
    """
    _require_terminal(app)
    from releasio.release.changelog.edited import editable
    from releasio.release.stages import preview_release

    with app.world() as world:
        preview = preview_release(world, settings, request)
        if not preview.releases or preview.blockers:
            return request
        release = preview.releases[0]
        if release.kind != "new":
            raise NotesCommitted(str(release.version))
        package, edits = release.package, release.edits
        opened = editable(preview.facts, package, release.version, edits, release.notes)
        app.screen.say(f"The notes of {release.version} are in the editor; empty ones call it off.")
        text = _edit(world, opened, str(release.version))
    return replace(request, notes=EditedNotes(release.version, text))


def forget_edited(app: App) -> None:
    """Remove what was typed, once it is released."""
    from shutil import rmtree

    with app.world() as world:
        rmtree(_folder(world), ignore_errors=True)


def _require_terminal(app: App) -> None:
    from releasio.world.tokens.terminal import SystemTerminal

    reason = ""
    if app.as_json:
        reason = "with --json there is no terminal for it"
    elif app.env.get("CI", "").lower() not in {"", "0", "false"} or app.screen.actions:
        reason = "this is a CI job"
    elif not (SystemTerminal().present() and app.screen.interactive):
        reason = "this is no terminal"
    if reason:
        raise EditNeedsTerminal(reason)


def _edit(world: World, opened: Editable, version: str) -> str:
    """Return the text that comes back; what was typed stays in a file until it is released."""
    from releasio.release.changelog.edited import edited_text
    from releasio.world.processes.editor import open_editor

    path = _file(world, opened)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{opened.text}\n", encoding="utf-8")
    if problem := open_editor(path, world.git.root, world.env):
        raise EditorFails(problem, path=str(path))
    text = edited_text(path.read_bytes(), str(path))
    if not text:
        path.unlink()
        raise NotesEmpty(version)
    return text


def _file(world: World, opened: Editable) -> Path:
    """Return the file that is edited: the same one, as long as the notes are generated alike."""
    name = sha256(opened.text.encode()).hexdigest()[:12]
    return _folder(world) / f"notes-{name}{opened.suffix}"


def _folder(world: World) -> Path:
    return world.state / "edited"
