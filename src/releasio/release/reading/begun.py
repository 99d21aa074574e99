"""What was begun in this clone, by its journal, and did not come to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.release import journal
from releasio.rules.contents.tag_message import files_of_tag
from releasio.steps.publish.upload import UPLOAD_MARK

if TYPE_CHECKING:
    from releasio.world.world import World


def recall_upload(world: World) -> None:
    """
    Say that the last upload from this clone ended in the middle, if the journal does.

    It is all there is to go by for a tag that does not name its files; what the other
    tags name is compared with the index.
    """
    entries = list(journal.read(world.state / "journal.jsonl"))
    last = next((entry for entry in reversed(entries) if entry.mark.startswith(UPLOAD_MARK)), None)
    if last is None or last.event not in {"begin", "fail"}:
        return
    if not files_of_tag(world.git.objects.tag_message(last.tag)):
        world.screen.note(
            f"an upload of {last.tag} was begun here and did not come to its end: `releasio "
            "publish` with the same files finishes it"
        )


def recall_release(world: World) -> None:
    """
    Say that a whole release was begun in this clone and did not come to its end.

    `build` and `publish` do a part of one, and of HEAD, which may not be its commit yet.
    """
    entries = journal.last_run(world.state / "journal.jsonl")
    stages = {entry.stage for entry in entries}
    if "publish" not in stages or not stages & {"prepare", "build"}:
        return
    if entries[-1].event in {"begin", "fail"}:
        world.screen.note(
            f"the release of {entries[-1].tag} was begun here and not finished: `releasio release "
            "--execute` finishes it"
        )
