from __future__ import annotations

import pytest

from releasio.rules.forge.forge_url import parse_forge_url, without_credentials

GITHUB = ("github.com", "ada", "demo")
AZURE = "https://dev.azure.com/acme/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/ada/demo.git", GITHUB),
        ("https://github.com/ada/demo", GITHUB),
        ("https://github.com/ada/demo/", GITHUB),
        ("https://GitHub.com/ada/demo.git/", GITHUB),
        ("https://x-access-token:ghs_abc@github.com/ada/demo", GITHUB),
        ("http://github.com/ada/demo", GITHUB),
        ("git://github.com/ada/demo.git", GITHUB),
        ("git@github.com:ada/demo.git", GITHUB),
        ("git@github.com:/ada/demo.git", GITHUB),
        ("github.com:ada/demo", GITHUB),
        ("ssh://git@github.com/ada/demo.git", GITHUB),
        ("ssh://git@ssh.github.com:443/ada/demo.git", GITHUB),
        ("git+ssh://git@github.com/ada/demo", GITHUB),
        ("https://github.com/ada/foo.py", ("github.com", "ada", "foo.py")),
        ("https://github.com/ada/foo.github.io", ("github.com", "ada", "foo.github.io")),
        ("https://gitlab.com/group/sub/demo.git", ("gitlab.com", "group/sub", "demo")),
        ("ssh://git@git.example.org:2222/team/demo", ("git.example.org", "team", "demo")),
        ("https://git.example.org:8443/team/demo", ("git.example.org:8443", "team", "demo")),
        ("/srv/git/demo.git", None),
        ("../demo.git", None),
        ("./a:b/demo", None),
        ("file:///srv/git/ada/demo.git", None),
        ("C:/repos/ada/demo", None),
        ("C:\\repos\\demo", None),
        ("https://github.com/demo", None),
        ("https://github.com", None),
        ("https://github.com/ada/.git", None),
        ("git@host:demo.git", None),
        ("ext::sh -c x", None),
        ("", None),
    ],
)
def test_an_address_is_read_as_git_reads_it(
    url: str, expected: tuple[str, str, str] | None
) -> None:
    address = parse_forge_url(url)

    assert expected == (address and (address.host, address.owner, address.repo))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("git@github.com:ada/demo.git", "https://github.com/ada/demo"),
        ("ssh://git@gitlab.com:22/a/b/demo.git", "https://gitlab.com/a/b/demo"),
        ("https://u:p@git.example.org:8443/team/demo", "https://git.example.org:8443/team/demo"),
        ("http://git.lan:3000/team/demo", "http://git.lan:3000/team/demo"),
        ("http://gitlab.com/team/demo", "https://gitlab.com/team/demo"),
        ("git@[2001:db8::1]:team/demo.git", "https://[2001:db8::1]/team/demo"),
        ("https://ada@bitbucket.org/acme/demo.git", "https://bitbucket.org/acme/demo"),
        ("git@bitbucket.org:acme/demo.git", "https://bitbucket.org/acme/demo"),
        ("ssh://git@altssh.bitbucket.org:443/acme/demo.git", "https://bitbucket.org/acme/demo"),
        ("https://acme@dev.azure.com/acme/my%20shop/_git/demo", f"{AZURE}my%20shop/_git/demo"),
        ("https://dev.azure.com/acme/_git/shop", f"{AZURE}shop/_git/shop"),
        ("git@ssh.dev.azure.com:v3/acme/shop/demo", f"{AZURE}shop/_git/demo"),
        ("https://acme.visualstudio.com/shop/_git/demo", f"{AZURE}shop/_git/demo"),
        (
            "https://acme.visualstudio.com/DefaultCollection/shop/_git/demo",
            f"{AZURE}shop/_git/demo",
        ),
        ("acme@vs-ssh.visualstudio.com:v3/acme/shop/demo", f"{AZURE}shop/_git/demo"),
        (
            "https://tfs.example.org/tfs/Main/shop/_git/demo",
            "https://tfs.example.org/tfs/Main/shop/_git/demo",
        ),
    ],
)
def test_the_page_of_a_repository(url: str, expected: str) -> None:
    address = parse_forge_url(url)

    assert address is not None
    assert expected == address.page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://ghs_abc@github.com/a/b", "https://github.com/a/b"),
        ("https://user:pass@github.com/a/b", "https://github.com/a/b"),
        ("https://user:p@ss@github.com/a/b", "https://github.com/a/b"),
        ("HTTPS://user:pass@github.com/a", "HTTPS://github.com/a"),
        (
            "unable to access 'https://u:p@h.example/a/': 403",
            "unable to access 'https://h.example/a/': 403",
        ),
        ("ssh://git@github.com/a/b", "ssh://git@github.com/a/b"),
        ("ssh://git:secret@github.com/a/b", "ssh://git@github.com/a/b"),
        ("git@github.com:a/b", "git@github.com:a/b"),
        (
            "mail ada@example.org about https://a.example/b",
            "mail ada@example.org about https://a.example/b",
        ),
        ("https://a.example/b c@d", "https://a.example/b c@d"),
        ("nothing", "nothing"),
    ],
)
def test_credentials_are_taken_out_of_addresses(text: str, expected: object) -> None:
    assert expected == without_credentials(text)
