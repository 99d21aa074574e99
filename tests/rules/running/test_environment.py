"""Children get what they need to work, and nothing that could publish."""

from __future__ import annotations

import pytest

from releasio.rules.running.environment import (
    child_environment,
    git_environment,
    without_identities,
    without_places,
    without_targets,
)


class TestChildEnvironment:
    @pytest.mark.parametrize(
        "name",
        [
            "RELEASIO_TOKEN",
            "RELEASIO_TOKEN_TESTPYPI",
            "RELEASIO_OIDC_TOKEN",
            "PYPI_TOKEN",
            "TESTPYPI_TOKEN",
            "UV_PUBLISH_TOKEN",
            "UV_PUBLISH_PASSWORD",
            "TWINE_USERNAME",
            "TWINE_PASSWORD",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "ACTIONS_ID_TOKEN_REQUEST_URL",
            "ACTIONS_RUNTIME_TOKEN",
            "GITHUB_TOKEN",
            "GH_TOKEN",
            "CI_JOB_TOKEN",
            "PYPI_ID_TOKEN",
            "SIGSTORE_ID_TOKEN",
            "FLIT_PASSWORD",
            "FLIT_USERNAME",
            "HATCH_INDEX_AUTH",
            "HATCH_INDEX_USER",
            "MATURIN_PASSWORD",
            "MATURIN_PYPI_TOKEN",
            "MATURIN_USERNAME",
            "PDM_PUBLISH_PASSWORD",
            "POETRY_HTTP_BASIC_PYPI_PASSWORD",
            "POETRY_HTTP_BASIC_PYPI_USERNAME",
            "POETRY_PYPI_TOKEN_PYPI",
            "GIT_INDEX_FILE",
            "pypi_token",
            "MY_PYPI_TOKEN",
            "PYPI_TOKEN_OF_ACME",
            "TOKEN_FOR_PYPI",
            "ACME_TESTPYPI_PASSWORD",
            "PYPI_API_KEY",
            "PYPI_PASS",
            "PYPI_SECRET",
            "DEVPI_PASSWORD",
            "PUBLISH_TOKEN",
            "FLIT_PASSWORD_2",
            "HATCH_AUTH_TOKEN",
            "PDM_PASSWORD",
            "POETRY_PASSWORD",
            "RELEASIO_ACTION_PYPI_TOKEN",
            "CI_REPOSITORY_URL",
            "CI_DEPLOY_PASSWORD",
            "GITHUB_ENV",
            "GITHUB_OUTPUT",
            "GITHUB_PATH",
            "GITHUB_STATE",
            "GITHUB_STEP_SUMMARY",
        ],
    )
    def test_leaves_out_credentials_and_identities(self, name: str) -> None:
        assert {"PATH": "/bin"} == child_environment({"PATH": "/bin", name: "x"})

    @pytest.mark.parametrize(
        "name",
        [
            "PATH",
            "HOME",
            "PIP_INDEX_URL",
            "UV_DEFAULT_INDEX",
            "HTTPS_PROXY",
            "GITHUB_SHA",
            "MATURIN_PEP517_ARGS",
            "FLIT_ROOT_INSTALL",
            "POETRY_HOME",
            "HATCH_BUILD_HOOKS_ENABLE",
            "PYPI_URL",
            "BYPASS_PYPI_PASSING",
            "RELEASIO_VERSION",
            "UV_INDEX_PYPI_PASSWORD",
            "UV_INDEX_MYPYPI_TOKEN",
            "PIP_PYPI_PASSWORD",
            "NPM_TOKEN",
            "GITHUB_EVENT_PATH",
        ],
    )
    def test_keeps_what_builds_and_installs_need(self, name: str) -> None:
        assert {name: "x"} == child_environment({name: "x"})

    def test_leaves_out_a_token_of_pypi_whatever_the_variable_is_called(self) -> None:
        env = {"DEPLOY": "pypi-AgEIcHlwaS5vcmcCJDAw", "MODE": "pypi-compatible"}

        assert {"MODE": "pypi-compatible"} == child_environment(env)
        assert {"MODE": "pypi-compatible"} == git_environment(env)


class TestGitEnvironment:
    @pytest.mark.parametrize(
        "name",
        [
            "RELEASIO_TOKEN",
            "RELEASIO_PASSWORD_PYPI",
            "PYPI_TOKEN",
            "TWINE_PASSWORD",
            "UV_PUBLISH_TOKEN",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "PYPI_ID_TOKEN",
            "ACME_PYPI_PASSWORD",
            "GITHUB_ENV",
            "GITHUB_OUTPUT",
            "GITHUB_PATH",
        ],
    )
    def test_leaves_out_what_uploads(self, name: str) -> None:
        assert {"PATH": "/bin"} == git_environment({"PATH": "/bin", name: "x"})

    @pytest.mark.parametrize(
        "name", ["GITHUB_TOKEN", "GH_TOKEN", "CI_JOB_TOKEN", "CI_REPOSITORY_URL", "GIT_SSH"]
    )
    def test_keeps_what_pushes(self, name: str) -> None:
        assert {name: "x"} == git_environment({name: "x"})


class TestRehearsal:
    @pytest.mark.parametrize(
        "name",
        [
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "ACTIONS_ID_TOKEN_REQUEST_URL",
            "CI_JOB_JWT_V2",
            "CIRCLE_OIDC_TOKEN",
            "GOOGLE_SERVICE_ACCOUNT_NAME",
            "PYPI_ID_TOKEN",
            "RELEASIO_OIDC_TOKEN",
            "RELEASIO_SIGSTORE_ID_TOKEN",
            "SIGSTORE_ID_TOKEN",
            "sigstore_id_token",
        ],
    )
    def test_leaves_out_who_the_real_job_is(self, name: str) -> None:
        assert {"PATH": "/bin"} == without_identities({"PATH": "/bin", name: "x"})

    @pytest.mark.parametrize("name", ["CI", "GITHUB_TOKEN", "GITLAB_CI", "PIP_INDEX_URL"])
    def test_keeps_the_rest(self, name: str) -> None:
        assert {name: "x"} == without_identities({name: "x"})


class TestInstallation:
    @pytest.mark.parametrize(
        "name",
        [
            "PIP_INDEX_URL",
            "PIP_EXTRA_INDEX_URL",
            "PIP_FIND_LINKS",
            "PIP_NO_INDEX",
            "UV_INDEX",
            "UV_INDEX_URL",
            "UV_INDEX_STRATEGY",
            "UV_INDEX_PRIVATE_PASSWORD",
            "UV_DEFAULT_INDEX",
            "UV_EXTRA_INDEX_URL",
            "UV_FIND_LINKS",
            "UV_CONFIG_FILE",
            "PIP_CONSTRAINT",
            "PIP_FIND-LINKS",
            "PIP_NO_BINARY",
            "PIP_REQUIRE_HASHES",
            "PIP_UPLOADED_PRIOR_TO",
            "UV_CONSTRAINT",
            "UV_EXCLUDE_NEWER",
            "UV_NO_BINARY",
            "UV_OFFLINE",
            "UV_OVERRIDE",
            "uv_index",
        ],
    )
    def test_looks_in_no_other_place(self, name: str) -> None:
        assert {"PATH": "/bin"} == without_places({"PATH": "/bin", name: "x"})

    @pytest.mark.parametrize("name", ["PIP_CERT", "PIP_CACHE_DIR", "UV_CACHE_DIR", "HTTPS_PROXY"])
    def test_keeps_how_to_get_there(self, name: str) -> None:
        assert {name: "x"} == without_places(without_targets({name: "x"}))

    @pytest.mark.parametrize("name", ["PIP_TARGET", "PIP_USER", "PIP_DRY_RUN", "PIP_REQUIREMENT"])
    def test_goes_to_no_other_place(self, name: str) -> None:
        assert {"PATH": "/bin"} == without_targets({"PATH": "/bin", name: "x"})
