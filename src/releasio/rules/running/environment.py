"""What a child process may know: the environment without what publishes or proves who we are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# what pushes; git and its credential helpers may need them
_FORGE = frozenset(
    {
        "CI_DEPLOY_PASSWORD",
        "CI_JOB_TOKEN",
        "CI_REPOSITORY_URL",  # of GitLab, with the job's token in it
        "FORGEJO_TOKEN",
        "GH_ENTERPRISE_TOKEN",
        "GH_TOKEN",
        "GITEA_TOKEN",
        "GITHUB_ENTERPRISE_TOKEN",
        "GITHUB_TOKEN",
        "GITLAB_ACCESS_TOKEN",
        "GITLAB_TOKEN",
        "GL_TOKEN",
    }
)
# what uploads to an index, or gets what does
_INDEX = frozenset(
    {
        "ACTIONS_RUNTIME_TOKEN",
        "FLIT_PASSWORD",
        "FLIT_USERNAME",
        "HATCH_INDEX_AUTH",
        "HATCH_INDEX_USER",
        "MATURIN_PASSWORD",
        "MATURIN_PYPI_TOKEN",
        "MATURIN_USERNAME",
        "PYPI_API_TOKEN",
        "PYPI_PASSWORD",
        "PYPI_TOKEN",
        "TESTPYPI_TOKEN",
        "TEST_PYPI_TOKEN",
    }
)
_UPLOADS = (
    "PDM_PUBLISH_",
    "POETRY_HTTP_BASIC_",
    "POETRY_PYPI_TOKEN_",
    "RELEASIO_PASSWORD",
    "RELEASIO_TOKEN",
    "TWINE_",
    "UV_PUBLISH_",
)
# Whatever they are called: people choose these names. In any order one word of an index or of a
# tool that uploads, and one of what is secret.
_OF_AN_INDEX = [
    "PYPI",
    "DEVPI",
    "TWINE",
    "FLIT",
    "HATCH",
    "MATURIN",
    "POETRY",
    "PDM",
    "PUBLISH",
    "RELEASIO",
]
_SECRET = pattern(
    r"TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|API_?KEY|_AUTH(?![A-Z])|_PASS(?![A-Z])"
)
# the beginning of all upload tokens of PyPI and TestPyPI
_OF_PYPI = "pypi-AgE"
# what pip and uv read other indexes with
_FOR_READING = ("PIP_", "UV_INDEX_")
# what proves who the job is
_IDENTITIES = (
    "ACTIONS_ID_TOKEN_REQUEST_",
    "CI_JOB_JWT",
    "CIRCLE_OIDC_TOKEN",
    "RELEASIO_OIDC_TOKEN",
)
# GitLab's jobs name their identity tokens themselves, by custom with this ending
_SUFFIXES = ("_ID_TOKEN", "_OIDC_TOKEN")
# files through which a step gives later ones variables, programs and outputs; each of GitHub's
# leads to the others, for they lie in one folder and end alike
STEP_FILES = frozenset(
    {
        "BUILDKITE_ENV_FILE",
        "GITHUB_ENV",
        "GITHUB_OUTPUT",
        "GITHUB_PATH",
        "GITHUB_STATE",
        "GITHUB_STEP_SUMMARY",
    }
)
# names the service account that a machine of Google's is asked to speak for; no secret
_ACCOUNT = "GOOGLE_SERVICE_ACCOUNT_NAME"

# settings of pip and uv that do not change what is installed
INDIFFERENT = frozenset(
    {
        "PIP_BREAK_SYSTEM_PACKAGES",
        "PIP_CACHE_DIR",
        "PIP_DEFAULT_TIMEOUT",
        "PIP_DISABLE_PIP_VERSION_CHECK",
        "PIP_NO_CACHE_DIR",
        "PIP_NO_COLOR",
        "PIP_NO_INPUT",
        "PIP_PROGRESS_BAR",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_ROOT_USER_ACTION",
        "UV_CACHE_DIR",
        "UV_HTTP_TIMEOUT",
        "UV_LINK_MODE",
        "UV_NO_PROGRESS",
    }
)
# how an index is reached
_REACH = frozenset(
    {
        "PIP_CERT",
        "PIP_CLIENT_CERT",
        "PIP_PROXY",
        "PIP_TRUSTED_HOST",
        "UV_INSECURE_HOST",
        "UV_NATIVE_TLS",
        "UV_SYSTEM_CERTS",
    }
)
# where they put them, and what else they are to install or not to do
_TARGETS = frozenset(
    {
        "PIP_DRY_RUN",
        "PIP_EDITABLE",
        "PIP_PREFIX",
        "PIP_PYTHON",
        "PIP_REQUIREMENT",
        "PIP_ROOT",
        "PIP_TARGET",
        "PIP_USER",
        "UV_PYTHON",
        "UV_SYSTEM_PYTHON",
    }
)

# inside a git hook these point at the caller's repository, whatever the directory
_GIT = frozenset({"GIT_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_WORK_TREE"})


def child_environment(env: Mapping[str, str]) -> dict[str, str]:
    """
    Return *env* without credentials, identities and git's idea of where it is.

    Build backends, their dependencies and hooks are other people's code: they
    get nothing that could publish or sign in the project's name, or speak to later
    steps of the job. What pip and uv need to install (their `PIP_*` and `UV_INDEX*`
    settings) stays.
    """
    return _without(env, _is_private)


def without_secrets(env: Mapping[str, str]) -> dict[str, str]:
    """Return *env* for a program that asks nobody: `child_environment`, and no login at all."""
    return {
        name: value
        for name, value in child_environment(env).items()
        if not _SECRET.search(name.upper())
    }


def git_environment(env: Mapping[str, str]) -> dict[str, str]:
    """
    Return *env* without what publishes or proves who we are.

    git starts the repository's hooks, other people's code. It keeps the forge's
    tokens: credential helpers answer with them when git has to push.
    """
    return _without(env, _publishes)


def without_forge_tokens(env: Mapping[str, str]) -> dict[str, str]:
    """Return *env* without what pushes."""
    return _without(env, lambda name, _: name in _FORGE)


def without_identities(env: Mapping[str, str]) -> dict[str, str]:
    """
    Return *env* without what proves to somebody who the job is, or names whom it speaks for.

    The rehearsal's index and Sigstore know only the job that it makes up itself.
    """
    return _without(env, lambda name, _: _identifies(name) or name == _ACCOUNT)


def source_environment(env: Mapping[str, str]) -> dict[str, str]:
    """
    Return *env* for a program that is asked for a token.

    It keeps what proves who the job is (a vault lets it in by that) and the
    forge's tokens; what uploads it is there to give, not to know.
    """
    return _without(env, lambda name, _: name in _GIT | _INDEX or name.startswith(_UPLOADS))


def without_places(env: Mapping[str, str], *, near: bool = False) -> dict[str, str]:
    """
    Return *env* without what decides which packages pip and uv take, and from where.

    A constraint may name another file, a date may leave out what is new: what
    stays is listed, not what goes.

    Args:
        env: The process environment.
        near: The place is on this machine; how others are reached does not matter.
    """
    stays = INDIFFERENT if near else INDIFFERENT | _REACH
    return _without(env, lambda name, _: name.startswith(("PIP_", "UV_")) and name not in stays)


def without_targets(env: Mapping[str, str]) -> dict[str, str]:
    """Return *env* without what would make pip or uv install elsewhere, or something else."""
    return _without(env, lambda name, _: name in _TARGETS)


def _without(env: Mapping[str, str], is_left_out: Callable[[str, str], bool]) -> dict[str, str]:
    """Return *env* without variables by their name, in upper case, and value."""
    return {name: value for name, value in env.items() if not is_left_out(name.upper(), value)}


def _is_private(name: str, value: str) -> bool:
    return name in _FORGE or name in _GIT or _publishes(name, value)


def _publishes(name: str, value: str) -> bool:
    is_listed = name in _INDEX or name in STEP_FILES or name.startswith(_UPLOADS)
    return is_listed or _identifies(name) or _is_index_secret(name, value)


def _is_index_secret(name: str, value: str) -> bool:
    """Tell whether a variable has what uploads to an index, by its name or by what it holds."""
    if name.startswith(_FOR_READING):
        return False
    by_name = any(word in name for word in _OF_AN_INDEX) and _SECRET.search(name)
    return bool(by_name) or value.strip().startswith(_OF_PYPI)


def _identifies(name: str) -> bool:
    return name.startswith(_IDENTITIES) or name.endswith(_SUFFIXES)
