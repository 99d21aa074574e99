"""What an index says of a release before anything of it is public."""

from __future__ import annotations

from releasio.errors.base import DISAGREES, NO_CREDENTIAL, ReleasioError


class WouldBeRefused(ReleasioError):
    """
    The index would refuse the upload, for the reason it gives.

    It was asked before the push, with the form of the first file and a content that no index
    stores. Nothing is public: no tag, no file. After the cause is removed, the same command
    releases.
    """

    exit_code = DISAGREES
    message = "{registry} would refuse {project} {version} ({status}): {sentence}"
    project: str
    version: str
    registry: str
    status: int
    sentence: str
    hint: str


class CredentialWouldBeRefused(WouldBeRefused):
    """
    The index would not take the credential for an upload to this project.

    It was asked before the push, so nothing is public. The credential is wrong, expired, of
    another index, or may not upload to this project; or the account behind it is not in order.
    """

    exit_code = NO_CREDENTIAL


class QuestionTaken(ReleasioError):
    """
    The index took what every index refuses.

    Before the push it was asked with a file called probe.invalid, which PyPI and TestPyPI refuse
    after they have looked at everything else. A success means that something was stored, or that
    something else than the index answered. The release stops before anything of it is public.
    """

    exit_code = DISAGREES
    message = """
        {registry} answered {status} to a file that no index takes, probe.invalid: it may have
        stored it with {project} {version}, or something else answered in its place"""
    hint = """
        Look at the page of {project} on {registry}, and delete {version} there if it has it; look
        for a proxy or login page in between. Please report it to releasio. publish.ask_first =
        false releases without asking."""
    project: str
    version: str
    registry: str
    status: int
