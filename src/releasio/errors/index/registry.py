"""Registries that are not known, or not as they must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class UnknownRegistry(ReleasioError):
    """
    No registry has this name.

    `pypi` and `testpypi` are built in. Others are named by a `[registries.NAME]`
    table with their upload `url`, or chosen by that URL itself.
    """

    exit_code = USAGE
    message = "there is no registry called {name!r}"
    hint = """
        {nearest:?Did you mean %s? }Known are: {known:joined}. Add one as [registries.{name}] with
        its upload url, or give that URL in place of the name."""
    name: str
    _: KW_ONLY
    known: Sequence[str]
    nearest: str | None


class RegistryNotSecure(ReleasioError):
    """
    The upload URL would send the credential in the clear.

    `http://` is taken only to this machine itself.
    """

    exit_code = USAGE
    message = "{url} would send files and credential unencrypted"
    hint = "Use https{rest}"
    url: str

    @property
    def rest(self) -> str:
        """The URL without its scheme."""
        return self.url.removeprefix("http")


class RegistryUrlHasCredentials(ReleasioError):
    """
    The registry's URL contains a user name or password.

    URLs end up in logs, in the process list and in the configuration file. If
    the URL has been shared that way, replace the password.
    """

    exit_code = USAGE
    message = "the URL of {host} contains a user name or password"
    hint = """
        Take it out, and give the secret as RELEASIO_TOKEN, or as TWINE_USERNAME and TWINE_PASSWORD,
        or through the keyring or ~/.pypirc."""
    host: str


class RegistryUrlMalformed(ReleasioError):
    """
    The registry is neither a known name nor a URL that files can be uploaded to.

    An upload URL is `https://HOST/PATH`, without anything behind a `?` or `#`.
    """

    exit_code = USAGE
    message = "{url!r} is not an upload URL: {problem}"
    hint = "Write https://HOST/PATH, or the name of a registry."
    url: str
    problem: str


class RegistryUrlWrong(ReleasioError):
    """
    The URL is an address of the index, but not the one that takes uploads.

    Home page, index page and upload address are easy to mix up, and a missing
    slash at the end is enough.
    """

    exit_code = USAGE
    message = "{url} does not take uploads: {problem}"
    hint = "Use {name:?registry = %r, or }{right}"
    url: str
    problem: str
    right: str
    name: str | None


class GoesElsewhere(ReleasioError):
    """
    A release went to a registry that the settings do not lead to.

    It was chosen for one run, with `--registry` or in the environment, or the settings
    have changed since. The tag remembers its name and never its address, and a tag alone
    does not decide where files and credentials are sent.
    """

    exit_code = DISAGREES
    message = """
        {tag} says that its files go to {named:?%s|a registry that was chosen by its address}, where
        these settings do not lead"""
    hint = "Name {named:?it: --registry %s|the same address: --registry URL}"
    tag: str
    told: str  # the name of the registry; in brackets: it has none

    @property
    def named(self) -> str:
        """The name, if there is one."""
        return "" if self.told.startswith("(") else self.told


class RouteSenseless(ReleasioError):
    """
    A route can never match, or a staging registry is the registry itself.

    Left in, the release would go where no route sends it, mostly to the registry that
    everybody installs from.
    """

    exit_code = USAGE
    message = "{field} = {value!r} makes no sense: {why}"
    hint = "Correct it, or leave it out; patterns are as in `v*-dev-*` or `release/*`."
    field: str
    value: str
    why: str


class ProjectClosed(ReleasioError):
    """
    The index takes no files of the project, or shows none.

    Its owners archived it, or the index's administrators have it in quarantine. Both are
    told on the project's page, before anything is sent (PEP 792).
    """

    exit_code = DISAGREES
    message = "{project} is {status} on {registry}, which {effect}{reason:? (%s)}"
    hint = "{remedy}"
    project: str
    registry: str
    _: KW_ONLY
    status: str
    reason: str
    settings: str

    @property
    def effect(self) -> str:
        """What the index does not do."""
        if self.status == "archived":
            return "takes no more files of it"
        return "shows none of its files to anybody"

    @property
    def remedy(self) -> str:
        """Who can end that."""
        if self.status == "archived":
            there = f": {self.settings}" if self.settings else ""
            return f"An owner can make it active again{there}."
        return (
            f"Only the administrators of {self.registry} can end that; its owners were told why. "
            "Release again once it is over."
        )
