"""Registries that are not known, or not as they must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnknownRegistry(ReleasioError):
    """
    No registry has this name.

    `pypi` and `testpypi` are built in. Others are named by a `[registries.NAME]`
    table with their upload `url`, or chosen by that URL itself.
    """

    code = "unknown-registry"
    exit_code = USAGE

    def __init__(self, name: str, *, known: Sequence[str], nearest: str | None) -> None:
        guess = f"Did you mean {nearest}? " if nearest else ""
        super().__init__(
            f"there is no registry called {name!r}",
            hint=f"{guess}Known are: {', '.join(known)}. Add one as [registries.{name}] with its "
            "upload url, or give that URL in place of the name.",
        )


class RegistryNotSecure(ReleasioError):
    """
    The upload URL would send the credential in the clear.

    `http://` is taken only to this machine itself.
    """

    code = "registry-not-secure"
    exit_code = USAGE

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url} would send files and credential unencrypted",
            hint=f"Use https{url.removeprefix('http')}",
        )


class RegistryUrlHasCredentials(ReleasioError):
    """
    The registry's URL contains a user name or password.

    URLs end up in logs, in the process list and in the configuration file. If
    the URL has been shared that way, replace the password.
    """

    code = "registry-url-has-credentials"
    exit_code = USAGE

    def __init__(self, host: str) -> None:
        super().__init__(
            f"the URL of {host} contains a user name or password",
            hint="Take it out, and give the secret as RELEASIO_TOKEN, or as TWINE_USERNAME and "
            "TWINE_PASSWORD, or through the keyring or ~/.pypirc.",
        )


class RegistryUrlMalformed(ReleasioError):
    """
    The registry is neither a known name nor a URL that files can be uploaded to.

    An upload URL is `https://HOST/PATH`, without anything behind a `?` or `#`.
    """

    code = "registry-url-malformed"
    exit_code = USAGE

    def __init__(self, url: str, problem: str) -> None:
        super().__init__(
            f"{url!r} is not an upload URL: {problem}",
            hint="Write https://HOST/PATH, or the name of a registry.",
        )


class RegistryUrlWrong(ReleasioError):
    """
    The URL is an address of the index, but not the one that takes uploads.

    Home page, index page and upload address are easy to mix up, and a missing
    slash at the end is enough.
    """

    code = "registry-url-wrong"
    exit_code = USAGE

    def __init__(self, url: str, problem: str, right: str, name: str | None) -> None:
        instead = f"registry = {name!r}, or {right}" if name else right
        super().__init__(f"{url} does not take uploads: {problem}", hint=f"Use {instead}")


class GoesElsewhere(ReleasioError):
    """
    A release went to a registry that the settings do not lead to.

    It was chosen for one run, with `--registry` or in the environment, or the settings
    have changed since. The tag remembers its name and never its address, and a tag alone
    does not decide where files and credentials are sent.
    """

    code = "goes-elsewhere"
    exit_code = DISAGREES

    def __init__(self, tag: str, told: str) -> None:
        unnamed = told.startswith("(")
        where = "a registry that was chosen by its address" if unnamed else told
        again = "the same address: --registry URL" if unnamed else f"it: --registry {told}"
        super().__init__(
            f"{tag} says that its files go to {where}, where these settings do not lead",
            hint=f"Name {again}",
        )


class RouteSenseless(ReleasioError):
    """
    A route can never match, or a staging registry is the registry itself.

    Left in, the release would go where no route sends it, mostly to the registry that
    everybody installs from.
    """

    code = "route-senseless"
    exit_code = USAGE

    def __init__(self, field: str, value: str, why: str) -> None:
        super().__init__(
            f"{field} = {value!r} makes no sense: {why}",
            hint="Correct it, or leave it out; patterns are as in `v*-dev-*` or `release/*`.",
        )


class ProjectClosed(ReleasioError):
    """
    The index takes no files of the project, or shows none.

    Its owners archived it, or the index's administrators have it in quarantine. Both are
    told on the project's page, before anything is sent (PEP 792).
    """

    code = "project-closed"
    exit_code = DISAGREES

    def __init__(
        self, project: str, registry: str, *, status: str, reason: str, settings: str
    ) -> None:
        archived = status == "archived"
        what = "takes no more files of it" if archived else "shows none of its files to anybody"
        why = f" ({reason})" if reason else ""
        by_owners = f"An owner can make it active again{settings and f': {settings}'}."
        super().__init__(
            f"{project} is {status} on {registry}, which {what}{why}",
            hint=by_owners
            if archived
            else f"Only the administrators of {registry} can end that; its owners were told "
            "why. Release again once it is over.",
        )
