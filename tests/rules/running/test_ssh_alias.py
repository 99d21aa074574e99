"""Remotes by the names that ssh has for their hosts."""

from __future__ import annotations

import pytest

from releasio.rules.running.ssh_alias import with_real_host

CONFIG = """\
# two accounts on one host
Host github-work gh-?
    HostName github.com
    IdentityFile ~/.ssh/work
Host github.com
    Hostname=ssh.github.com
    Port 443
Host *.lan !old.lan
  HostName %h.example.org
Match host gitlab-ci
  HostName gitlab.com
Host *
  ForwardAgent no
"""


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("git@github-work:ada/demo.git", "git@github.com:ada/demo.git"),
        ("github-work:ada/demo.git", "github.com:ada/demo.git"),
        ("git@gh-2:ada/demo", "git@github.com:ada/demo"),
        ("ssh://git@GitHub-Work/ada/demo", "ssh://git@github.com/ada/demo"),
        ("ssh://github-work:22/ada/demo", "ssh://github.com:22/ada/demo"),
        ("git@github.com:ada/demo", "git@ssh.github.com:ada/demo"),
        ("git@git.lan:ada/demo", "git@git.lan.example.org:ada/demo"),
        ("git@old.lan:ada/demo", "git@old.lan:ada/demo"),
        ("git@gitlab-ci:ada/demo", "git@gitlab-ci:ada/demo"),
        ("git@elsewhere:ada/demo", "git@elsewhere:ada/demo"),
        ("https://github-work/ada/demo", "https://github-work/ada/demo"),
        ("https://ada@github-work/ada/demo", "https://ada@github-work/ada/demo"),
        ("git@[::1]:ada/demo", "git@[::1]:ada/demo"),
        ("/srv/github-work:x/demo", "/srv/github-work:x/demo"),
        ("../github-work/demo", "../github-work/demo"),
        ("", ""),
    ],
)
def test_lead_to_the_host_that_ssh_connects_to(url: str, expected: str) -> None:
    assert expected == with_real_host(url, CONFIG)


@pytest.mark.parametrize("config", ["", "Host\n", "HostName\n", "\0\n===\n"])
def test_without_any_all_stays_as_it_is(config: str) -> None:
    assert "git@github-work:a/b" == with_real_host("git@github-work:a/b", config)
