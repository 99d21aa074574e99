"""Where a template stands: in the setting itself, or in a file of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.template import TemplateNotFound
from releasio.frozen import frozen
from releasio.rules.notes.templates.sandbox import render_template
from releasio.rules.project.project_files import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@frozen
class Template:
    """A template, and what errors call it."""

    name: str
    source: str

    def render(self, values: Mapping[str, object]) -> str:
        """Return what it makes of *values*; `render_template` says what it raises."""
        return render_template(self.source, self.name, values).strip()


def is_inline(value: str) -> bool:
    """Whether a setting holds a template itself, and not the path of one."""
    return any(mark in value for mark in ("{{", "{%", "{#", "\n"))


def template_of(setting: str, value: str, read: Callable[[str], bytes | None]) -> Template:
    """
    Return the template that *setting* names by its *value*.

    Args:
        setting: Its dotted key.
        value: The template, or a path relative to the project.
        read: Returns the file at a path; `None`: there is none.

    Raises:
        TemplateNotFound: There is no such file.
        NotUtf8: It is in another encoding.
    """
    if is_inline(value):
        return Template(setting, value)
    content = read(value)
    if content is None:
        raise TemplateNotFound(setting, value)
    return Template(value, decode(content, value).removeprefix("\ufeff"))
