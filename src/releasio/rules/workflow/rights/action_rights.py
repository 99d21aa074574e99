"""What well-known actions do with the job's token, and which of them never need an identity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


Kind = Literal["tag", "release"]


@frozen
class Use:
    """
    What is done with a token, by an action or by a command.

    Attributes:
        permissions: What the job's token has to be able to write for it; none: not judged.
        deed: What is done, as it follows "the job".
        tokens: Inputs that can be given another token than the job's.
        switch: An input and its value without which it does none of that; None: it always does.
        unless: An input and its value with which it does none of that.
        as_git: Whether it acts as git does, with what the checkout has left.
        makes: What it creates, which starts workflows where the token is somebody's.
        variables: Variables it takes a token from, to make it.
        quiet: Inputs, with the value by which it makes nothing after all.
        only: Inputs without which it makes nothing: name and value, empty for any.
        needs_token: It makes nothing without a token that is given; else it takes the default one.
        tag_input: Its input for the name of the tag.
    """

    permissions: tuple[str, ...] = ()
    deed: str = ""
    tokens: tuple[str, ...] = ()
    switch: tuple[str, str] | None = None
    unless: tuple[str, str] | None = None
    as_git: bool = False
    makes: tuple[Kind, ...] = ()
    variables: tuple[str, ...] = ()
    quiet: Mapping[str, str] = {}
    only: Mapping[str, str] = {}
    needs_token: bool = False
    tag_input: str = ""


RELEASES, ADDS = "makes a release", "adds files to a release"
PUSHES, OPENS = "pushes commits or tags", "opens a pull request"
_ATTESTS = "attests files"
CONTENTS = ("contents",)
BOTH: tuple[Kind, ...] = ("tag", "release")
_TAG: tuple[Kind, ...] = ("tag",)
_ATTESTATIONS = ("id-token", "attestations")
_DRAFT = {"draft": "true"}
_FORGE = ("GITHUB_TOKEN",)
_PROPOSES = Use(
    (*CONTENTS, "pull-requests"), OPENS, ("token",), unless=("skip-github-pull-request", "true")
)

ACTIONS: Mapping[str, Use] = {
    "softprops/action-gh-release": Use(
        CONTENTS,
        RELEASES,
        ("token",),
        makes=BOTH,
        variables=_FORGE,
        quiet=_DRAFT,
        tag_input="tag_name",
    ),
    "ncipollo/release-action": Use(
        CONTENTS, RELEASES, ("token",), makes=BOTH, quiet=_DRAFT, tag_input="tag"
    ),
    "actions/create-release": Use(
        CONTENTS,
        RELEASES,
        makes=BOTH,
        variables=_FORGE,
        quiet=_DRAFT,
        needs_token=True,
        tag_input="tag_name",
    ),
    "release-drafter/release-drafter": Use(
        tokens=("token",), makes=BOTH, variables=_FORGE, only={"publish": "true"}, tag_input="tag"
    ),
    "python-semantic-release/python-semantic-release": Use(
        tokens=("github_token",),
        makes=BOTH,
        quiet={"push": "false", "tag": "false"},
        needs_token=True,
    ),
    "mathieudutour/github-tag-action": Use(
        tokens=("github_token",), makes=_TAG, quiet={"dry_run": "true"}, tag_input="custom_tag"
    ),
    "anothrnick/github-tag-action": Use(makes=_TAG, variables=_FORGE, needs_token=True),
    "rickstaa/action-create-tag": Use(tokens=("github_token",), makes=_TAG, tag_input="tag"),
    "actions/upload-release-asset": Use(CONTENTS, ADDS),
    "svenstaro/upload-release-action": Use(CONTENTS, ADDS, ("repo_token",)),
    "python-semantic-release/publish-action": Use(CONTENTS, ADDS, ("github_token",)),
    "python-semantic-release/upload-to-gh-release": Use(CONTENTS, ADDS, ("github_token",)),
    "stefanzweifel/git-auto-commit-action": Use(
        CONTENTS,
        PUSHES,
        unless=("skip_push", "true"),
        as_git=True,
        makes=_TAG,
        only={"tagging_message": ""},
    ),
    "ad-m/github-push-action": Use(CONTENTS, PUSHES, ("github_token",)),
    "commitizen-tools/commitizen-action": Use(
        CONTENTS,
        PUSHES,
        ("github_token",),
        unless=("push", "false"),
        makes=_TAG,
        quiet={"push": "false", "dry_run": "true"},
        needs_token=True,
    ),
    "googleapis/release-please-action": _PROPOSES,
    "google-github-actions/release-please-action": _PROPOSES,
    "peter-evans/create-pull-request": Use(_PROPOSES.permissions, OPENS, ("token",)),
    "actions/attest-build-provenance": Use(_ATTESTATIONS, _ATTESTS, ("github-token",)),
    "actions/attest": Use(_ATTESTATIONS, _ATTESTS, ("github-token",)),
    "actions/attest-sbom": Use(_ATTESTATIONS, _ATTESTS, ("github-token",)),
    "hynek/build-and-inspect-python-package": Use(
        _ATTESTATIONS, _ATTESTS, switch=("attest-build-provenance-github", "true")
    ),
    "sigstore/gh-action-sigstore-python": Use(("id-token",), "signs files", ("identity-token",)),
}

# what can be done with an identity is not done by these; of all others it is not known
WITHOUT_IDENTITY = frozenset(
    {
        "actions/cache",
        "actions/cache/restore",
        "actions/cache/save",
        "actions/checkout",
        "actions/download-artifact",
        "actions/setup-node",
        "actions/setup-python",
        "actions/upload-artifact",
        "actions/upload-artifact/merge",
        "astral-sh/setup-uv",
        "docker/login-action",
        "docker/setup-buildx-action",
        "docker/setup-qemu-action",
        "dtolnay/rust-toolchain",
        "hynek/build-and-inspect-python-package",
        "hynek/setup-cached-uv",
        "ncipollo/release-action",
        "pdm-project/setup-pdm",
        "pre-commit/action",
        "pypa/cibuildwheel",
        "re-actors/alls-green",
        "re-actors/checkout-python-sdist",
        "snok/install-poetry",
        "softprops/action-gh-release",
        "swatinem/rust-cache",
    }
)
# nor by these programs; what runs others (make, tox, a script of the project) is not among them
PROGRAMS_WITHOUT_IDENTITY = frozenset(
    {
        *("cat", "cd", "chmod", "cp", "echo", "export", "find", "git", "grep", "ls", "mkdir"),
        *("mv", "printf", "pwd", "rm", "sed", "set", "tar", "test", "[", "unzip", "true"),
        *("if", "fi", "else", "then", "exit", "sha256sum", "pip", "pip3", "black", "mypy"),
        *("ruff", "flake8", "isort", "pytest", "coverage", "pyproject-build", "auditwheel"),
        *("check-wheel-contents", "gh", "virtualenv"),
    }
)
# of programs with many sub-commands, those that are known
SUBCOMMANDS_WITHOUT_IDENTITY: Mapping[str, frozenset[str]] = {
    "uv": frozenset({"build", "sync", "pip", "venv", "lock", "python", "version"}),
    "twine": frozenset({"check"}),
    "hatch": frozenset({"build", "version"}),
    "poetry": frozenset({"build", "install", "check", "version", "lock"}),
    "pdm": frozenset({"build", "install", "sync", "lock"}),
    "flit": frozenset({"build"}),
    "maturin": frozenset({"build", "sdist"}),
    "python": frozenset({"-m"}),
    "python3": frozenset({"-m"}),
    "pipx": frozenset({"run", "install"}),
    "uvx": frozenset(),
}
MODULES_WITHOUT_IDENTITY = frozenset({"build", "pip", "pytest", "twine", "venv", "coverage"})
