"""What well-known actions need the job's token for, and which of them never need an identity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping


@frozen
class Rights:
    """
    What an action does with a token.

    Attributes:
        permissions: What it has to be able to write.
        deed: What it does, as it follows "the job".
        tokens: Inputs that can be given another token than the job's.
        switch: An input and its value without which it does none of that; None: it always does.
        unless: An input and its value with which it does none of that.
        as_git: Whether it acts as git does, with what the checkout has left.
    """

    permissions: tuple[str, ...]
    deed: str
    tokens: tuple[str, ...] = ()
    switch: tuple[str, str] | None = None
    unless: tuple[str, str] | None = None
    as_git: bool = False


_RELEASES = "makes a release"
_PUSHES = "pushes commits or tags"
_OPENS = "opens a pull request"
_ATTESTS = "attests files"
_SIGNS = "signs files"
_CONTENTS = ("contents",)
_BOTH = ("contents", "pull-requests")
_NO_PROPOSAL = ("skip-github-pull-request", "true")
_ATTESTATIONS = ("id-token", "attestations")

ACTIONS: Mapping[str, Rights] = {
    "softprops/action-gh-release": Rights(_CONTENTS, _RELEASES, ("token",)),
    "ncipollo/release-action": Rights(_CONTENTS, _RELEASES, ("token",)),
    "actions/create-release": Rights(_CONTENTS, _RELEASES),
    "actions/upload-release-asset": Rights(_CONTENTS, "adds files to a release"),
    "svenstaro/upload-release-action": Rights(
        _CONTENTS, "adds files to a release", ("repo_token",)
    ),
    "python-semantic-release/publish-action": Rights(
        _CONTENTS, "adds files to a release", ("github_token",)
    ),
    "python-semantic-release/upload-to-gh-release": Rights(
        _CONTENTS, "adds files to a release", ("github_token",)
    ),
    "stefanzweifel/git-auto-commit-action": Rights(
        _CONTENTS, _PUSHES, unless=("skip_push", "true"), as_git=True
    ),
    "ad-m/github-push-action": Rights(_CONTENTS, _PUSHES, ("github_token",)),
    "commitizen-tools/commitizen-action": Rights(
        _CONTENTS, _PUSHES, ("github_token",), unless=("push", "false")
    ),
    "googleapis/release-please-action": Rights(_BOTH, _OPENS, ("token",), unless=_NO_PROPOSAL),
    "google-github-actions/release-please-action": Rights(
        _BOTH, _OPENS, ("token",), unless=_NO_PROPOSAL
    ),
    "peter-evans/create-pull-request": Rights(_BOTH, _OPENS, ("token",)),
    "actions/attest-build-provenance": Rights(_ATTESTATIONS, _ATTESTS, ("github-token",)),
    "actions/attest": Rights(_ATTESTATIONS, _ATTESTS, ("github-token",)),
    "actions/attest-sbom": Rights(_ATTESTATIONS, _ATTESTS, ("github-token",)),
    "hynek/build-and-inspect-python-package": Rights(
        _ATTESTATIONS, _ATTESTS, switch=("attest-build-provenance-github", "true")
    ),
    "sigstore/gh-action-sigstore-python": Rights(("id-token",), _SIGNS, ("identity-token",)),
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
