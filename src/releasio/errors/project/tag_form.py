"""Tags whose names do not tell which form is the project's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class TagFormsMixed(ReleasioError):
    """
    The tags of this package are named in several ways, and it is not clear which is the one.

    Usually the highest release that HEAD descends from tells how the next tag is named. It
    does not where two tags name that version in different forms, or where pyproject.toml
    says a lower version, as though the last release were one of another form. A tag of a
    wrong form would be a release that nobody finds, or one that was made before.
    """

    exit_code = USAGE
    message = "tags are named in several ways: {tags:joined}{manifest}"
    hint = """
        Say which is yours: {ways}. A template does it, too: version.tag_prefix =
        "{{name}}-v{{version}}"."""
    tags: Sequence[str]
    before: Sequence[str]
    _: KW_ONLY
    said: str
    highest: str

    @property
    def manifest(self) -> str:
        """What pyproject.toml says, where it says something else."""
        return f", and pyproject.toml says {self.said}" if self.said != self.highest else ""

    @property
    def ways(self) -> str:
        """The settings that say it, for each prefix of a tag."""
        return " or ".join(f'version.tag_prefix = "{prefix}"' for prefix in self.before)


class TagOfAnotherForm(ReleasioError):
    """
    A tag names the version in pyproject.toml, but not in the form that the settings give.

    It was released under that tag, and would be once more under another. Where the form
    changes on purpose, the last release gets a tag of the new form, too.
    """

    exit_code = DISAGREES
    message = "{tag} looks like this version, but version.tag_prefix makes tags {form}"
    hint = """
        Set version.tag_prefix as the tags are named. To change the form from now on, give that
        release a tag of the new one: git tag {wanted:shell} {commit:shell}"""
    tag: str
    wanted: str
    form: str

    @property
    def commit(self) -> str:
        """What git calls the commit of the tag."""
        return f"{self.tag}^{{}}"
