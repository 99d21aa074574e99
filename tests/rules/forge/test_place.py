"""Where a repository is, by every form of a remote's address, by the job and by the settings."""

from __future__ import annotations

import pytest

from releasio.config.tables.forge import GithubConfig
from releasio.errors.forge.place import ForgeAddressContradicts
from releasio.rules.forge.place import ForgePlace, forge_place

API = "https://api.github.com"
GITHUB = ("github", "github.com", "ada/demo", API)
GITLAB = ("gitlab", "gitlab.com", "team/sub/demo", "https://gitlab.com/api/v4")
GITEA = ("gitea", "codeberg.org", "ada/demo", "https://codeberg.org/api/v1")
CLOUD = ("github", "acme.ghe.com", "ada/demo", "https://api.acme.ghe.com")
OWN_GITLAB = ("gitlab", "gitlab.example.org", "a/b", "https://gitlab.example.org/api/v4")

ACTIONS = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_API_URL": API,
    "GITHUB_REPOSITORY": "ada/demo",
}
SERVER = ACTIONS | {
    "GITHUB_SERVER_URL": "https://git.example.org",
    "GITHUB_API_URL": "https://git.example.org/api/v3",
}
FORGEJO = ACTIONS | {
    "FORGEJO_ACTIONS": "true",
    "GITHUB_SERVER_URL": "http://git.example.org:3000",
    "GITHUB_API_URL": "http://git.example.org:3000/api/v1",
}
OLD_GITEA = FORGEJO | {"FORGEJO_ACTIONS": "", "GITEA_ACTIONS": "true", "GITHUB_API_URL": ""}
PATH_JOB = {
    "CI_SERVER_URL": "https://example.org/gitlab",
    "CI_API_V4_URL": "https://example.org/gitlab/api/v4",
}
ON_SERVER = ("github", "git.example.org", "ada/demo", "https://git.example.org/api/v3")
ON_FORGEJO = ("gitea", "git.example.org:3000", "ada/demo", "http://git.example.org:3000/api/v1")
OF_A_GITLAB = ", the interface of a GitLab, but the repository is on"
BELOW_PATH = ("gitlab", "example.org", "team/demo", "https://example.org/gitlab/api/v4")


def found(place: ForgePlace | None) -> tuple[str, str, str, str] | None:
    return place and (place.kind, place.host, place.slug, place.api)


def place(url: str | None, env: dict[str, str] | None = None, **settings: str) -> ForgePlace | None:
    return forge_place(GithubConfig(**settings), url, env or {})


class TestAddress:
    @pytest.mark.parametrize(
        ("url", "expected"),
        [
            # GitHub
            ("https://github.com/ada/demo.git", GITHUB),
            ("https://github.com/ada/demo", GITHUB),
            ("https://github.com/ada/demo///", GITHUB),
            ("https://GITHUB.com/ada/demo.git/", GITHUB),
            ("https://www.github.com/ada/demo", GITHUB),
            ("https://github.com:443/ada/demo", GITHUB),
            ("http://github.com/ada/demo", GITHUB),
            ("https://ada@github.com/ada/demo", GITHUB),
            ("https://x-access-token:ghs_sesame@github.com/ada/demo", GITHUB),
            ("https://ada:p@ss@github.com/ada/demo", GITHUB),
            ("git://github.com/ada/demo.git", GITHUB),
            ("git@github.com:ada/demo.git", GITHUB),
            ("git@GitHub.com:ada/demo.git", GITHUB),
            ("git@github.com:/ada/demo.git/", GITHUB),
            ("github.com:ada/demo", GITHUB),
            ("org-12345@github.com:ada/demo.git", GITHUB),
            ("ssh://git@github.com/ada/demo.git", GITHUB),
            ("ssh://git@github.com:22/ada/demo.git", GITHUB),
            ("SSH://git@github.com/ada/demo", GITHUB),
            ("ssh://git@ssh.github.com:443/ada/demo.git", GITHUB),
            ("git@ssh.github.com:ada/demo.git", GITHUB),
            ("[git@ssh.github.com:443]:ada/demo.git", GITHUB),
            ("git+ssh://git@github.com/ada/demo", GITHUB),
            ("ssh+git://git@github.com/ada/demo", GITHUB),
            ("https://github.com/Ada/Demo", ("github", "github.com", "Ada/Demo", API)),
            ("https://github.com/ada/foo.py", ("github", "github.com", "ada/foo.py", API)),
            ("https://github.com/ada/foo.py.git", ("github", "github.com", "ada/foo.py", API)),
            ("https://github.com/ada/foo.git.git", ("github", "github.com", "ada/foo.git", API)),
            (
                "git@github.com:ada/ada.github.io",
                ("github", "github.com", "ada/ada.github.io", API),
            ),
            # GitHub's cloud for enterprises
            ("https://acme.ghe.com/ada/demo", CLOUD),
            ("git@acme.ghe.com:ada/demo.git", CLOUD),
            ("acme@acme.ghe.com:ada/demo.git", CLOUD),
            # GitLab
            ("https://gitlab.com/team/sub/demo.git", GITLAB),
            ("git@gitlab.com:team/sub/demo.git", GITLAB),
            ("ssh://git@altssh.gitlab.com:443/team/sub/demo.git", GITLAB),
            ("https://gitlab-ci-token:glcbt-64_sesame@gitlab.com/team/sub/demo.git", GITLAB),
            ("https://oauth2:glpat-sesame@gitlab.com/team/sub/demo.git", GITLAB),
            ("git@gitlab.example.org:a/b.git", OWN_GITLAB),
            ("ssh://git@gitlab.example.org:2222/a/b.git", OWN_GITLAB),
            (
                "https://gitlab.example.org:8443/a/b.git",
                (
                    "gitlab",
                    "gitlab.example.org:8443",
                    "a/b",
                    "https://gitlab.example.org:8443/api/v4",
                ),
            ),
            # Gitea and Forgejo
            ("https://codeberg.org/ada/demo.git", GITEA),
            ("ssh://git@codeberg.org/ada/demo.git", GITEA),
            (
                "https://gitea.example.org/ada/demo",
                ("gitea", "gitea.example.org", "ada/demo", "https://gitea.example.org/api/v1"),
            ),
            (
                "http://forgejo.lan:3000/ada/demo",
                ("gitea", "forgejo.lan:3000", "ada/demo", "http://forgejo.lan:3000/api/v1"),
            ),
            # none that is known
            ("https://git.example.org/ada/demo", None),
            ("https://bitbucket.org/ada/demo", None),
            ("https://dev.azure.com/acme/shop/_git/demo", None),
            ("https://github.com.example.org/ada/demo", None),
            ("https://notgithub.com/ada/demo", None),
            ("https://evil.example/github.com/demo", None),
            ("/srv/git/ada/demo.git", None),
            ("file:///srv/github.com/ada/demo.git", None),
            ("../demo", None),
            ("C:\\git\\ada\\demo", None),
            ("https://github.com/demo", None),
            ("https://github.com", None),
            ("", None),
            (None, None),
        ],
    )
    def test_tells_the_forge(
        self, url: str | None, expected: tuple[str, str, str, str] | None
    ) -> None:
        assert expected == found(place(url))

    @pytest.mark.parametrize("secret", ["ghs_sesame", "ada:glpat-sesame", "sesame"])
    def test_a_login_in_it_goes_no_further(self, secret: str) -> None:
        for host in ("github.com", "gitlab.com", "codeberg.org"):
            assert "sesame" not in repr(place(f"https://{secret}@{host}/ada/demo"))


class TestJob:
    @pytest.mark.parametrize(
        ("url", "env", "expected"),
        [
            ("https://github.com/ada/demo", ACTIONS, GITHUB),
            ("https://git.example.org/ada/demo", SERVER, ON_SERVER),
            ("git@git.example.org:ada/demo.git", SERVER, ON_SERVER),
            ("ssh://git@git.example.org:2222/ada/demo.git", SERVER, ON_SERVER),
            ("http://git.example.org:3000/ada/demo", FORGEJO, ON_FORGEJO),
            ("git@git.example.org:ada/demo.git", FORGEJO, ON_FORGEJO),
            ("ssh://git@git.example.org:2222/ada/demo.git", OLD_GITEA, ON_FORGEJO),
            ("https://gitlab-ci-token:x@example.org/gitlab/team/demo.git", PATH_JOB, BELOW_PATH),
            ("git@example.org:team/demo.git", PATH_JOB, BELOW_PATH),
            (
                "git@example.org:gitlab/demo.git",
                PATH_JOB,
                ("gitlab", "example.org", "gitlab/demo", "https://example.org/gitlab/api/v4"),
            ),
            # a job may work on a repository of another forge than its own
            ("https://gitlab.com/team/sub/demo", ACTIONS, GITLAB),
            ("https://github.com/ada/demo", FORGEJO, GITHUB),
            ("https://github.com/ada/demo", PATH_JOB, GITHUB),
            ("https://other.example/ada/demo", SERVER, None),
            # and what is no address is of no use
            ("https://git.example.org/ada/demo", SERVER | {"GITHUB_SERVER_URL": "x"}, None),
            ("https://git.example.org/ada/demo", SERVER | {"GITHUB_ACTIONS": ""}, None),
        ],
    )
    def test_tells_what_its_address_does_not(
        self, url: str, env: dict[str, str], expected: tuple[str, str, str, str] | None
    ) -> None:
        assert expected == found(place(url, env))

    def test_tells_another_way_to_the_interface(self) -> None:
        env = ACTIONS | {"GITHUB_API_URL": "https://proxy.example.org/github/"}

        assert ("github", "github.com", "ada/demo", "https://proxy.example.org/github") == found(
            place("git@github.com:ada/demo.git", env)
        )

    def test_pages_below_a_path(self) -> None:
        address = place("git@example.org:team/demo.git", PATH_JOB)

        assert address is not None
        assert "https://example.org/gitlab/team/demo" == address.page
        assert "team%2Fdemo" == address.encoded
        assert "GitLab (example.org)" == address.name


class TestSettings:
    @pytest.mark.parametrize(
        ("url", "settings", "expected"),
        [
            ("git@git.example.org:ada/demo.git", {"kind": "github"}, ON_SERVER),
            (
                "git@git.example.org:ada/demo.git",
                {"kind": "gitea", "api_url": "http://git.example.org:3000/api/v1/"},
                ON_FORGEJO,
            ),
            (
                "git@git.example.org:ada/demo.git",
                {"api_url": "https://git.example.org/api/v3"},
                ON_SERVER,
            ),
            (
                "https://example.org/gitlab/team/demo.git",
                {"api_url": "https://example.org/gitlab/api/v4"},
                BELOW_PATH,
            ),
            (
                "ssh://git@[2001:db8::1]:2222/ada/demo.git",
                {"kind": "gitea"},
                ("gitea", "[2001:db8::1]", "ada/demo", "https://[2001:db8::1]/api/v1"),
            ),
            (
                "git@[::1]:ada/demo.git",
                {"api_url": "http://[::1]:3000/api/v1"},
                ("gitea", "[::1]:3000", "ada/demo", "http://[::1]:3000/api/v1"),
            ),
            (
                "http://[::1]:3000/ada/demo.git",
                {"kind": "gitea"},
                ("gitea", "[::1]:3000", "ada/demo", "http://[::1]:3000/api/v1"),
            ),
            # the remote is a mirror, or a path: what the settings name counts
            ("git@mirror.lan:git/demo", {"owner": "ada", "repo": "demo", "api_url": API}, GITHUB),
            ("/srv/git/demo.git", {"owner": "ada", "repo": "demo"}, GITHUB),
            (
                "/srv/git/demo.git",
                {"owner": "ada", "repo": "demo", "api_url": "http://127.0.0.1:9"},
                ("github", "github.com", "ada/demo", "http://127.0.0.1:9"),
            ),
            # the same repository, said again
            ("git@github.com:ada/demo.git", {"owner": "Ada"}, ("github", *GITHUB[1:])),
            ("git@github.com:ada/demo.git", {"owner": "ada", "repo": "demo"}, GITHUB),
            # a fork, though it has the settings of the original
            ("git@github.com:eve/demo.git", {"owner": "ada"}, None),
            ("https://github.com/eve/demo", {"owner": "ada", "repo": "demo"}, None),
            ("https://github.com/ada/other", {"repo": "demo"}, None),
        ],
    )
    def test_count_first(
        self, url: str, settings: dict[str, str], expected: tuple[str, str, str, str] | None
    ) -> None:
        result = found(place(url, **settings))

        assert expected == (result and (*result[:2], result[2].lower(), result[3]))

    @pytest.mark.parametrize(
        ("url", "settings", "message"),
        [
            (
                "git@gitlab.com:ada/demo.git",
                {"api_url": API},
                f"{API}, the interface of a GitHub, but the repository is on gitlab.com",
            ),
            (
                "git@g.example:ada/demo.git",
                {"kind": "gitlab", "api_url": "https://g.example/api/v1/"},
                'https://g.example/api/v1/, the interface of a Gitea, but github.kind is "gitlab"',
            ),
            (
                "git@a.ghe.com:ada/demo.git",
                {"api_url": "https://a.ghe.com/api/v4"},
                f"https://a.ghe.com/api/v4{OF_A_GITLAB} a.ghe.com",
            ),
        ],
    )
    def test_that_contradict_each_other_are_a_mistake(
        self, url: str, settings: dict[str, str], message: str
    ) -> None:
        with pytest.raises(ForgeAddressContradicts) as caught:
            place(url, **settings)

        assert f"`github.api_url` is {message}" == str(caught.value)
        assert (
            "Correct github.api_url, or take it out: the usual one of the host is known."
            == caught.value.hint
        )
