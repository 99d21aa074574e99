"""Which token a forge gets, and which it never does."""

from __future__ import annotations

import pytest

from releasio.errors.auth.token import SecretGarbled
from releasio.rules.credentials.forge_token import no_token, search_token, token_kind
from releasio.rules.credentials.secret import Secret
from releasio.rules.forge.place import ForgePlace, Kind, usual_api


def at(kind: Kind, host: str, api: str = "") -> ForgePlace:
    return ForgePlace(kind, host, "ada", "demo", api or usual_api(kind, f"https://{host}"))


GITHUB = at("github", "github.com")
CLOUD = at("github", "acme.ghe.com")
SERVER = at("github", "ghe.example.org")
PLAIN = at("gitea", "git.lan", "http://git.lan/api/v1")
GITLAB = at("gitlab", "gitlab.com")
OWN_GITLAB = at("gitlab", "gitlab.example.org")
CODEBERG = at("gitea", "codeberg.org")
EVIL = at("github", "evil.example", "https://evil.example/api/v3")
LOCAL = at("github", "github.com", "http://127.0.0.1:4321")

ACTIONS = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_API_URL": "https://api.github.com",
}
ON_SERVER = ACTIONS | {
    "GITHUB_SERVER_URL": "https://ghe.example.org",
    "GITHUB_API_URL": "https://ghe.example.org/api/v3",
}
FORGEJO = ACTIONS | {
    "FORGEJO_ACTIONS": "true",
    "GITHUB_SERVER_URL": "http://git.lan",
    "GITHUB_API_URL": "http://git.lan/api/v1",
}
GITLAB_JOB = {"CI_SERVER_URL": "https://gitlab.com"}


class TestSearch:
    @pytest.mark.parametrize(
        ("place", "env", "expected"),
        [
            (GITHUB, {"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, "GITHUB_TOKEN"),
            (GITHUB, {"GITHUB_TOKEN": " ", "GH_TOKEN": " b\n"}, "GH_TOKEN"),
            (GITHUB, {"GITHUB_TOKEN": "a"} | ACTIONS, "GITHUB_TOKEN"),
            (GITHUB, {"GH_ENTERPRISE_TOKEN": "a", "GITLAB_TOKEN": "b"}, ""),
            # a token of github.com goes to github.com
            (SERVER, {"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, ""),
            (CLOUD, {"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, ""),
            (EVIL, {"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}, ""),
            (EVIL, {"GITHUB_TOKEN": "a"} | ACTIONS, ""),
            (at("gitlab", "evil.example"), {"GITHUB_TOKEN": "a", "CI_JOB_TOKEN": "b"}, ""),
            (at("gitea", "evil.example"), {"GITHUB_TOKEN": "a"}, ""),
            # and those of others to theirs
            (SERVER, {"GH_ENTERPRISE_TOKEN": "a"}, "GH_ENTERPRISE_TOKEN"),
            (SERVER, {"GITHUB_ENTERPRISE_TOKEN": "a"}, "GITHUB_ENTERPRISE_TOKEN"),
            (SERVER, {"GITHUB_TOKEN": "a"} | ON_SERVER, "GITHUB_TOKEN"),
            (SERVER, {"GH_TOKEN": "a", "GH_HOST": "ghe.example.org"}, "GH_TOKEN"),
            (CLOUD, {"GH_TOKEN": "a", "GH_HOST": "https://acme.ghe.com/"}, "GH_TOKEN"),
            (GITHUB, {"GITHUB_TOKEN": "a"} | ON_SERVER, ""),
            (GITHUB, {"GH_TOKEN": "a", "GH_HOST": "ghe.example.org"}, ""),
            (GITHUB, {"GH_TOKEN": "a"} | ON_SERVER, "GH_TOKEN"),
            (GITHUB, {"GITHUB_TOKEN": "a"} | FORGEJO, ""),
            (GITLAB, {"GITLAB_TOKEN": "a", "CI_JOB_TOKEN": "b"} | GITLAB_JOB, "GITLAB_TOKEN"),
            (GITLAB, {"CI_JOB_TOKEN": "b"} | GITLAB_JOB, "CI_JOB_TOKEN"),
            (GITLAB, {"GL_TOKEN": "a"}, "GL_TOKEN"),
            (OWN_GITLAB, {"CI_JOB_TOKEN": "b"} | GITLAB_JOB, ""),
            (OWN_GITLAB, {"CI_JOB_TOKEN": "b"}, ""),
            (OWN_GITLAB, {"GITLAB_TOKEN": "a", "GITLAB_HOST": "gitlab.com"}, ""),
            (OWN_GITLAB, {"GITLAB_TOKEN": "a"}, "GITLAB_TOKEN"),
            (CODEBERG, {"GITEA_TOKEN": "a"}, "GITEA_TOKEN"),
            (CODEBERG, {"FORGEJO_TOKEN": "a"}, "FORGEJO_TOKEN"),
            (CODEBERG, {"FORGEJO_TOKEN": "a"} | FORGEJO, ""),
            # nothing goes over http, but to the job's own server and this machine
            (PLAIN, {"GITEA_TOKEN": "a"}, ""),
            (PLAIN, {"GITEA_TOKEN": "a"} | FORGEJO, "GITEA_TOKEN"),
            (PLAIN, {"GITHUB_TOKEN": "a"} | FORGEJO, "GITHUB_TOKEN"),
            (LOCAL, {"GITHUB_TOKEN": "a"}, "GITHUB_TOKEN"),
            (GITHUB, {}, ""),
        ],
    )
    def test_finds_what_is_for_this_forge(
        self, place: ForgePlace, env: dict[str, str], expected: str
    ) -> None:
        token = search_token(place, env).token

        assert expected == (token.source if token else "")
        assert token is None or env[expected].strip() == token.secret.reveal()

    def test_does_not_pass_over_one_that_is_garbled(self) -> None:
        with pytest.raises(SecretGarbled) as caught:
            search_token(GITHUB, {"GITHUB_TOKEN": "ghp_se\nsame", "GH_TOKEN": "b"})

        assert "GITHUB_TOKEN has a line break in the middle of the secret" == str(caught.value)
        assert "sesame" not in repr(caught.value)


class TestMissing:
    @pytest.mark.parametrize(
        ("place", "env", "message", "hint"),
        [
            (
                GITHUB,
                {},
                "GitHub: GITHUB_TOKEN, GH_TOKEN and gh auth token had none",
                "Set GITHUB_TOKEN; in GitHub Actions: env: GITHUB_TOKEN: ${{ github.token }}",
            ),
            (
                GITHUB,
                ACTIONS,
                "GitHub: GITHUB_TOKEN and GH_TOKEN had none",
                "Set GITHUB_TOKEN; in GitHub Actions: env: GITHUB_TOKEN: ${{ github.token }}",
            ),
            (
                SERVER,
                {"GITHUB_TOKEN": "sesame", "CI": "1"},
                (
                    "GitHub (ghe.example.org): GH_ENTERPRISE_TOKEN, GITHUB_ENTERPRISE_TOKEN and "
                    "GH_TOKEN had none; GITHUB_TOKEN is for github.com"
                ),
                "Set GH_ENTERPRISE_TOKEN.",
            ),
            (
                PLAIN,
                {"GITEA_TOKEN": "sesame"},
                "Gitea (git.lan): FORGEJO_TOKEN had none; GITEA_TOKEN is not sent over http",
                "Let github.api_url begin with https://.",
            ),
            (
                SERVER,
                {"GH_ENTERPRISE_TOKEN": "sesame", "GH_HOST": "other.example", "CI": "1"},
                (
                    "GitHub (ghe.example.org): GITHUB_ENTERPRISE_TOKEN, GITHUB_TOKEN and GH_TOKEN "
                    "had none; GH_ENTERPRISE_TOKEN is for other.example"
                ),
                "Let GH_HOST be ghe.example.org, or take it out.",
            ),
            (
                OWN_GITLAB,
                {"CI_JOB_TOKEN": "sesame"} | GITLAB_JOB,
                (
                    "GitLab (gitlab.example.org): GITLAB_TOKEN and GL_TOKEN had none; "
                    "CI_JOB_TOKEN is for gitlab.com"
                ),
                (
                    "Set GITLAB_TOKEN to a project access token with the scope api, as a masked "
                    "variable; a job's own CI_JOB_TOKEN can make releases."
                ),
            ),
        ],
    )
    def test_is_said_with_the_reason_of_each(
        self, place: ForgePlace, env: dict[str, str], message: str, hint: str
    ) -> None:
        error = no_token(place, env)

        assert f"there is no token for {message}" == str(error)
        assert hint == error.hint


@pytest.mark.parametrize(
    ("forge", "text", "source", "env", "expected"),
    [
        ("github", "ghp_abc", "GH_TOKEN", {}, "classic"),
        ("github", "0123456789abcdef0123456789abcdef01234567", "GH_TOKEN", {}, "classic"),
        ("github", "gho_abc", "gh auth token", {}, "classic"),
        ("github", "github_pat_abc", "GH_TOKEN", ACTIONS, "fine-grained"),
        ("github", "ghu_abc", "GH_TOKEN", {}, "app"),
        ("github", "ghs_abc", "GH_TOKEN", {}, "app"),
        ("github", "ghs_abc", "GITHUB_TOKEN", ACTIONS, "job"),
        ("github", "abc", "GITHUB_TOKEN", ACTIONS, "unknown"),
        ("gitlab", "abc", "CI_JOB_TOKEN", GITLAB_JOB, "job"),
        ("gitlab", "glcbt-64_abc", "GITLAB_TOKEN", {}, "job"),
        ("gitlab", "glpat-abc", "GITLAB_TOKEN", GITLAB_JOB, "personal"),
        ("gitlab", "gloas-abc", "GITLAB_TOKEN", {}, "personal"),
        ("gitlab", "abc", "GITLAB_TOKEN", {}, "unknown"),
        ("gitea", "abc", "GITEA_TOKEN", {}, "personal"),
        ("gitea", "abc", "GITEA_TOKEN", FORGEJO, "unknown"),
        ("gitea", "abc", "FORGEJO_TOKEN", FORGEJO, "job"),
        ("gitea", "ghp_abc", "GITEA_TOKEN", {}, "personal"),
    ],
)
def test_the_kind_is_told_by_the_beginning(
    forge: Kind, text: str, source: str, env: dict[str, str], expected: str
) -> None:
    assert expected == token_kind(Secret(text), source, forge, env)
