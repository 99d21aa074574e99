"""`releasio rehearse` and the forge: a stand-in plays it, and the real one hears of nothing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest

from tests.cli.program import Program
from tests.cli.test_json import VALIDATOR
from tests.forges.github import FaultyGitHub

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


NASTY = "fix: <script>alert(1)</script> @octo & <img src=https://x.invalid/1.png>"
REMOTE = "https://github.com/acme/demo.git"  # never asked: a rehearsal has its own
OF_THE_REAL_ONE = """\
[github]
releases = true
merge_back = "develop"
dispatch = ["docs.yml"]
release_discussion_category = "Releases"
release_pr_reviewers = ["octo", "acme/core"]
release_pr_assignees = ["octo"]
release_pr_auto_merge = "squash"
floating_tags = ["major"]
"""
BROWSER = """\
import sys
from pathlib import Path

Path(__file__).with_name("opened").write_text(sys.argv[1], encoding="utf-8")
"""


@pytest.fixture
def releasio(project: Repository) -> Program:
    """The program in the project, whose remote is on GitHub."""
    project.git("remote", "set-url", "origin", REMOTE)
    return Program(project.path)


def browser_in(folder: Path) -> str:
    """Return what `BROWSER` is set to so that *folder* has an `opened` with the address."""
    script = folder / "browser.py"
    script.write_text(BROWSER, encoding="utf-8")
    return f'"{sys.executable}" "{script.as_posix()}" %s'


def test_shows_the_pages_and_asks_no_forge_but_its_own(
    project: Repository, releasio: Program, tmp_path: Path
) -> None:
    project.commit(NASTY, **{"src/demo/nasty.py": "\n"})
    with FaultyGitHub(project.path.with_name("origin.git")) as real:
        settings = f'[github]\nkind = "github"\napi_url = "{real.url}"\n'
        project.commit("chore: a forge", **{".releasio.toml": settings})
        tokens = {"GITHUB_TOKEN": real.token(), "GH_ENTERPRISE_TOKEN": real.token()}
        # the folder that is kept goes with those of the test
        own = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path))
        env = {"BROWSER": browser_in(tmp_path), **tokens, **own}
        run = releasio("rehearse", "--pull-request", "--open", **env)
        asked = real.log

    assert (0, []) == (run.code, asked), run.err
    assert "  note: the stand-in for the forge is at http://127.0.0.1:" in run.out
    assert (
        "\nThe release pull request, as the forge shows it\n"
        "  # chore(release): prepare demo v0.1.1\n\n"
        "  releasio/release into main; labels release\n"
    ) in run.out
    assert "\nThe release, as the forge shows it\n  # demo v0.1.1\n\n  tag v0.1.1\n" in run.out
    assert "&lt;script>alert(1)&lt;/script> @&#8203;octo" in run.out
    assert "releasio sha256:" not in run.out
    opened = (tmp_path / "opened").read_text(encoding="utf-8")
    file = Path(url2pathname(urlsplit(opened).path))
    text = file.read_text(encoding="utf-8")

    assert f"  opened: {file}\n" in run.out
    assert "<h1>demo v0.1.1</h1>" in text
    assert "<h1>chore(release): prepare demo v0.1.1</h1>" in text
    assert "<td>demo-0.1.1.tar.gz</td>" in text
    assert "<script" not in text
    assert "<img" not in text
    assert file.parent.is_dir()


def test_has_the_pages_in_its_document(releasio: Program) -> None:
    told = json.loads(releasio("rehearse", "--json", RELEASIO_MODE="pull-request").out)
    page, pull = (told["rehearsal"][name] for name in ("release_page", "pull_request"))

    VALIDATOR.validate(told)
    assert ("demo v0.1.1", "v0.1.1", False) == (page["title"], page["tag"], page["draft"])
    assert {"demo-0.1.1.tar.gz", "SHA256SUMS"} <= {*page["assets"]}
    assert "https://github.com/acme/demo/" in page["body"]
    assert ("chore(release): prepare demo v0.1.1", "releasio/release", "main", ["release"]) == (
        pull["title"],
        pull["head"],
        pull["base"],
        pull["labels"],
    )
    assert "127.0.0.1" not in pull["body"]
    assert "<!--" not in pull["body"] + page["body"]


def test_shows_no_page_where_none_is_made(releasio: Program) -> None:
    run = releasio("rehearse", "--json", RELEASIO_GITHUB_RELEASES="false")
    told = json.loads(run.out)["rehearsal"]

    assert (0, None, None) == (run.code, told["release_page"], told["pull_request"]), run.err


def test_leaves_out_what_only_the_real_repository_has(
    project: Repository, releasio: Program
) -> None:
    project.commit("chore: a forge", **{".releasio.toml": OF_THE_REAL_ONE})
    run = releasio("rehearse", "--pull-request", "--json")

    assert 0 == run.code, run.err
    assert "demo v0.1.1" == json.loads(run.out)["rehearsal"]["release_page"]["title"]


@pytest.mark.parametrize(
    ("remote", "compare"),
    [
        (
            "https://gitlab.com/group/part/demo.git",
            "https://gitlab.com/group/part/demo/-/compare/v0.1.0...v0.1.1",
        ),
        (
            "git@codeberg.org:acme/demo.git",
            "https://codeberg.org/acme/demo/compare/v0.1.0...v0.1.1",
        ),
    ],
)
def test_on_another_forge_shows_what_that_one_would(
    project: Repository, releasio: Program, remote: str, compare: str
) -> None:
    project.git("remote", "set-url", "origin", remote)
    run = releasio("rehearse", "--pull-request", "--json")
    told = json.loads(run.out)["rehearsal"]

    assert 0 == run.code, run.err
    assert "demo v0.1.1" == told["release_page"]["title"]
    assert {"demo-0.1.1.tar.gz", "SHA256SUMS"} <= {*told["release_page"]["assets"]}
    assert compare in told["release_page"]["body"]
    assert "releasio/release" == told["pull_request"]["head"]
