"""The tables about the index: `[publish]`, `[registries.NAME]` and `[[publish.routes]]`."""

from __future__ import annotations

from typing import ClassVar, Literal

from releasio.config.setting import Table, setting
from releasio.rules.credentials.policy import ORDER, Policy

TOOL = (
    "releasio builds through the project's own build backend and uploads by itself, "
    "whatever the project is managed with"
)


class RegistryConfig(Table):
    """An index besides the built-in `pypi` and `testpypi`."""

    takes_questions: ClassVar[bool] = False  # whether one does is not the user's to say
    url: str = setting(doc="The address files are uploaded to.", check="url")
    index: str | None = setting(
        default=None,
        doc="The address installers read (the simple index); without one it is looked for beside "
        "an address that ends in `/legacy/`, else at `simple/` below it.",
        check="url",
    )
    username: str = setting(
        default="__token__",
        doc="The user name that goes with a token or password, unless the place it is kept in "
        "says another one: `TWINE_USERNAME`, the keyring, `.pypirc`.",
        check="user",
    )
    audience: str | None = setting(
        default=None,
        doc="The audience of the identities that this index takes in trusted publishing, where it "
        "is neither the index's host nor its origin. PyPI and TestPyPI have their own.",
        check="audience",
    )


class Route(Table):
    """Which releases go to which registry; the first route that matches is taken."""

    registry: str = setting(doc="The registry: a name or an address.", check="url")
    staging: str | None = setting(
        default=None, doc="A registry that gets the same files first.", check="url"
    )
    tag: str | None = setting(
        default=None,
        doc="Tags it is for, as a pattern with `*`; any spelling of the version counts, so that "
        "`v*-dev-*` is for `v1.0.dev1`, too.",
    )
    branch: str | None = setting(default=None, doc="Branches it is for, as a pattern with `*`.")
    prerelease: bool | None = setting(
        default=None, doc="For pre-releases only, or for final releases only."
    )


class PublishConfig(Table):
    """Where distributions go, and by whose authority."""

    enabled: bool = setting(default=True, doc="Build and upload distributions.")
    registry: str = setting(
        default="pypi",
        doc="The index: `pypi`, `testpypi`, a name from `[registries]`, or the address files are "
        "uploaded to.",
        check="url",
    )
    trusted_publishing: bool | Literal["required"] = setting(
        default=True,
        doc="`true`: use trusted publishing, and a token where it does not apply or is refused, "
        'saying so. `false`: a token only. `"required"`: trusted publishing and nothing else.',
    )
    credentials: tuple[str, ...] = setting(
        default=ORDER,
        doc="Where a credential is looked for, in this order, and nowhere else. `plug-ins` stands "
        "for all that other packages bring; the name of one of them places it.",
        check="word",
    )
    fallback: Literal["on-refusal", "not-applicable", "never"] = setting(
        default="on-refusal",
        doc='When the next source is asked. `"on-refusal"`: after one that does not apply or is '
        'refused, saying so. `"not-applicable"`: after one that does not apply; a refusal is the '
        'end. `"never"`: only the first source of `publish.credentials` is asked.',
    )
    token_command: tuple[str, ...] = setting(
        default=(),
        doc="A program that prints a token, and its arguments, such as "
        '`["op", "read", "op://vault/pypi/token"]`. It is started without a shell.',
        check="word",
    )
    attestations: bool | Literal["auto"] = setting(
        default="auto",
        doc='Sign the distributions with Sigstore, and send the attestations along. `"auto"`: '
        "where they go by trusted publishing to an index that is known to take them; where that "
        "cannot be, it is said. `true`: always; where that cannot be, nothing is released.",
    )
    sigstore_trust_config: str | None = setting(
        default=None,
        doc="The file that tells where a Sigstore of your own is and what it is trusted by: a "
        "`ClientTrustConfig` in JSON. Its path is relative to the project. It counts for "
        "every index but PyPI and TestPyPI, which take only what the public Sigstore signed.",
        check="word",
    )
    validate_before_publish: bool = setting(
        default=True,
        doc="Check that descriptions render, as `twine check` does, and ask twine itself.",
    )
    check_existing_version: bool = setting(
        default=True, doc="Ask the index which files of this version it has, before anything else."
    )
    ask_first: bool | Literal["auto"] = setting(
        default="auto",
        doc="Ask PyPI and TestPyPI before the push whether they would take the release, by an "
        'upload that they refuse after they have looked at all but the file. `"auto"`: where '
        "there is doubt (the first release, an API token, a publisher that has not published "
        "this project before). No other index is ever asked.",
    )
    allow_fewer_files: bool = setting(
        default=False,
        doc="Let a final release lack wheels, or the sdist, that the last one has on the index.",
    )
    timeout: float = setting(
        default=60.0, doc="Seconds to wait for the index to answer one request.", check="seconds"
    )
    verify_timeout: float | None = setting(
        default=None,
        doc="Seconds to look for the files on the index after the upload; then it is said that "
        "they are not to be seen yet. Without it 300 for PyPI and TestPyPI, whose pages are "
        "cached, and 60 for others. 0: look once and do not wait.",
        check="patience",
    )
    parallel: int = setting(
        default=8,
        doc="Files to upload at the same time, after the first.",
        check="positive",
    )
    staging: str | None = setting(
        default=None,
        doc="A registry that gets the same files first, such as `testpypi`: only when all of them "
        "are visible there with their hashes does the release go on to its own. For releases "
        "that go to `publish.registry`.",
        check="url",
    )
    routes: tuple[Route, ...] = setting(
        default=(),
        doc="Registries by tag, branch or kind of release. They come before `publish.registry` of "
        "the file; a registry named on the command line or in the environment comes before them.",
    )
    tool: Literal["uv", "poetry", "pdm", "twine"] = setting(
        default="uv", doc="Who builds and uploads.", dead=TOOL
    )

    @property
    def policy(self) -> Policy:
        """By what a credential is chosen."""
        return Policy(self.trusted_publishing, self.token_command, self.credentials, self.fallback)
