"""Templates that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import USAGE, ReleasioError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class TemplateLibraryMissing(ReleasioError):
    """
    A setting names a Jinja2 template, and Jinja2 is not installed.

    releasio holds credentials, so it brings few packages along; this one comes with an extra.
    """

    exit_code = USAGE
    message = "{template} is a Jinja2 template, and Jinja2 is not installed"
    hint = 'Install it where releasio runs: pip install "releasio[templates]>=3"'
    template: str


class TemplateFails(ReleasioError):
    """
    A template of the project does not work.

    It runs in a sandbox: it shows the values it is given, and reads, imports and changes nothing. A
    misspelt name stops it, and so do a million steps or a million characters.
    """

    exit_code = USAGE
    message = "{template} does not work{line:? (line %s)}: {problem}"
    hint = "releasio changelog --template FILE shows what a template makes of the commits."
    template: str
    problem: str
    _: KW_ONLY
    line: int | None = None


class TemplateNotFound(ReleasioError):
    """
    A setting names a template that is not in the commit that is released.

    A value with `{{`, `{%` or a line break is a template itself; any other is the path of a file in
    the project, which has to be committed.
    """

    exit_code = USAGE
    message = "{setting} names {path}, which is not in the commit"
    hint = "Commit the file, or set {setting} to the template itself."
    setting: str
    path: str
