"""Whether a project's long description can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.responses import HELP, Refused

if TYPE_CHECKING:
    from releasio.standins.store import Fields


def refuse_description(fields: Fields) -> None:
    """
    Refuse a description in reStructuredText that does not render; nothing else can fail.

    Raises:
        Refused: With the index's words.
    """
    text = fields.get("description", [""])[0]
    declared = fields.get("description_content_type", [""])[0]
    if not text or declared.partition(";")[0].strip().lower() not in {"", "text/x-rst"}:
        return
    from readme_renderer import rst  # 200 ms of docutils, for this case only

    if rst.render(text) is not None:
        return
    see = f"See {HELP}#description-content-type for more information."
    format_phrase = f"for '{declared}'" if declared else "in the default format of reStructuredText"
    raise Refused(400, f"The description failed to render {format_phrase}. {see}")
