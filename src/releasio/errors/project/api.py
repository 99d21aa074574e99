"""The public API of a package, compared with that of the last release."""

from __future__ import annotations

from releasio.errors.base import USAGE, ReleasioError


class ApiExtraMissing(ReleasioError):
    """
    Comparing public APIs needs a library that a plain installation does not have.

    `changes.api` is set, and the packages of two releases are read by griffe, which comes with
    the extra `api`.
    """

    exit_code = USAGE
    message = "{setting} compares public APIs, and griffe is not installed"
    hint = 'pip install "releasio[api]>=3"'
    setting: str


class ApiUnread(ReleasioError):
    """
    The package could not be read for its public API.

    griffe reads the sources of the last release and of HEAD without running them. A source that is
    no Python, or a mistake of griffe's own, ends that; nothing is released on a guess.
    """

    exit_code = USAGE
    message = "griffe cannot read the public API of {package}: {reason}"
    hint = 'To go on without it, set changes.api = "off".'
    package: str
    reason: str


class ApiBreaks(ReleasioError):
    """
    Public names are gone or taken differently, and no commit says so.

    With `changes.api = "require"` such a release needs a breaking change among its commits, be it
    one that says what to write instead. What is meant to be private, or was never used, is
    allowed by name and reason in `changes.api_allowed`.
    """

    exit_code = USAGE
    message = "the public API breaks, and no commit says that it does: {breaks}"
    hint = """
        Say it in a commit (`feat!: ...` or a footer BREAKING CHANGE), allow it in
        changes.api_allowed with a reason, or ask for the version: --bump major"""
    breaks: str
