"""What `releasio rehearse` needs before it begins, and settings that must not end it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.files.build import NothingToRehearse
from releasio.rules.contents.tag_message import tag_message
from tests.fakes.repository import Repository
from tests.fakes.tokens import jwt
from tests.fakes.wheels import wheel
from tests.forges.github import FaultyGitHub

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program

pytestmark = pytest.mark.journey


WITHOUT_SERVER = """\
import sys

sys.modules["werkzeug"] = None  # as if it were not installed
sys.argv = ["releasio", "rehearse", "--demo"]
from releasio.__main__ import main

main()
"""

FROM_METADATA = 'from importlib.metadata import version\n__version__ = version("demo")'
REAL = jwt({"iss": "https://ci.example.org", "aud": "sigstore", "exp": 4_000_000_000})
WITHOUT_LIBRARIES = """\
import sys

sys.modules["sigstore"] = sys.modules["pypi_attestations"] = None  # as if not installed
from releasio.__main__ import main

main()
"""
WITHOUT_UPLOAD = """
[tool.releasio.version]
tag_prefix = "v"
[tool.releasio.publish]
enabled = false
"""
WITHOUT_UPLOAD_FROM_MAIN = """
[tool.releasio.branches.main]
match = "main"
publish = false
tag_prefix = "v"
"""


class TestRehearse:
    def test_the_real_forge_hears_nothing_of_it(self, releasio: Program) -> None:
        with FaultyGitHub(releasio.path.with_name("remote.git")) as github:
            run = releasio(
                "rehearse",
                RELEASIO_GITHUB_KIND="github",
                RELEASIO_GITHUB_API_URL=github.url,
                RELEASIO_GITHUB_OWNER="acme",
                RELEASIO_GITHUB_REPO="demo",
                RELEASIO_GITHUB_RELEASES="true",
                RELEASIO_GITHUB_DISPATCH="docs.yml",
                GH_ENTERPRISE_TOKEN=github.token(),
            )

            assert 0 == run.code, run.err
            assert [] == github.changes()

    def test_says_which_extra_brings_what_it_needs(self, tmp_path: Path) -> None:
        run = subprocess.run(
            [sys.executable, "-c", WITHOUT_SERVER],
            cwd=tmp_path,
            env=os.environ,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert 2 == run.returncode
        assert "the rehearsal needs werkzeug, which is not installed" in run.stderr
        assert 'pip install "releasio[rehearsal]>=3"' in run.stderr
        assert "(releasio explain rehearsal-extra-missing)" in run.stderr

    def test_says_what_there_is_not(self) -> None:
        error = NothingToRehearse("no commits since 1.2.0")

        assert "there is nothing to rehearse: no commits since 1.2.0" == str(error)
        assert "Say what to release with --version." == error.hint

    @pytest.mark.parametrize(
        "settings",
        [
            '[tool.releasio.version]\ntag_prefix = "demo/v"',
            WITHOUT_UPLOAD,
            WITHOUT_UPLOAD_FROM_MAIN,
        ],
        ids=["tags with a slash", "no upload otherwise", "no upload from this branch"],
    )
    def test_goes_all_the_way(self, releasio: Program, project: Repository, settings: str) -> None:
        text = project.read("pyproject.toml")
        project.commit("fix: settings", **{"pyproject.toml": f"{text}\n{settings}\n"})
        if "tag_prefix" in settings:
            project.tag("demo/v0.1.0")
        run = releasio("rehearse")

        assert 0 == run.code, run.err
        assert "[x] installed with pip and imported: demo" in run.out

    @pytest.mark.parametrize("line", ["", '__version__ = "0.1.0"', FROM_METADATA])
    def test_finds_the_version_in_what_is_installed(
        self, releasio: Program, project: Repository, line: str
    ) -> None:
        module = project.read("src/demo/__init__.py")
        project.commit("fix: x", **{"src/demo/__init__.py": f"{module}\n{line}\n"})
        run = releasio("rehearse")

        assert 0 == run.code, run.err

    def test_fails_where_what_is_installed_says_another_version(
        self, releasio: Program, project: Repository
    ) -> None:
        module = project.read("src/demo/__init__.py") + '__version__ = ".".join("010")\n'
        project.commit("fix: x", **{"src/demo/__init__.py": module})
        run = releasio("rehearse")

        assert 1 == run.code
        assert "installed, but demo.__version__ is 0.1.0, and the release is 0.1.1" in run.err
        assert "Read it with importlib.metadata, or name the file" in run.err

    def test_is_of_the_next_release_and_not_of_the_last(
        self, releasio: Program, project: Repository
    ) -> None:
        """The index of a rehearsal has never seen the last one."""
        message = tag_message("v0.1.0", {"demo-0.1.0.tar.gz": "a" * 64}, "(usual)")
        project.git("tag", "-f", "-a", "-F", "-", "v0.1.0", input=message)
        project.commit("fix: more")
        run = releasio("rehearse")

        assert 0 == run.code, run.err
        assert "demo 0.1.0 -> 0.1.1" in run.out

    def test_of_an_sdist_builds_it_with_what_comes_from_the_user_s_places(
        self, releasio: Program, project: Repository, tmp_path: Path
    ) -> None:
        links = tmp_path / "links"
        links.mkdir()
        wheel(links, "needed")
        only_sdist = project.read("inline/quick.py").replace("build_wheel", "build_sdist")
        needing = project.read("pyproject.toml").replace("requires = []", 'requires = ["needed"]')
        project.commit("fix: x", **{"inline/quick.py": only_sdist, "pyproject.toml": needing})
        run = releasio("rehearse", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(links))

        assert 0 == run.code, run.err
        assert "built and checked: demo-0.1.1.tar.gz" in run.out
        assert "[x] installed with pip and imported: demo" in run.out

    def test_tells_what_it_did_and_nothing_else(
        self, releasio: Program, project: Repository
    ) -> None:
        releasio("update", "--execute")
        project.commit("chore(release): prepare v0.1.1")
        run = releasio("rehearse", RELEASIO_PUBLISH_TRUSTED_PUBLISHING="false")

        assert 0 == run.code, run.err
        assert "[x] the version was there already, so nothing was written" in run.out
        assert "[x] took an upload token, as publish.trusted_publishing = false asks" in run.out
        assert "identity token" not in run.out
        assert "[x] signed nothing: attestations go only with trusted publishing" in run.out

    @pytest.mark.parametrize("branch", ["another branch", "the same branch"])
    def test_a_release_that_was_made_elsewhere_is_said_and_the_next_is_rehearsed(
        self, releasio: Program, project: Repository, branch: str
    ) -> None:
        if branch == "another branch":
            project.git("checkout", "--quiet", "-b", "other", "v0.1.0")
        else:
            project.commit("fix: more", **{"src/demo/other.py": "X = 1\n"})
        project.commit("fix: elsewhere", **{"src/demo/elsewhere.py": "X = 1\n"})
        project.tag("v0.1.1")
        project.git("checkout", "--quiet", "-B", "main", project.git("rev-parse", "HEAD~1"))
        run = releasio("rehearse")

        assert 0 == run.code, run.err
        assert "The real release stops there; 0.1.2 is rehearsed instead" in run.out
        assert "Rehearsed demo 0.1.2" in run.out

    def test_a_version_that_was_asked_for_and_is_taken_is_not_replaced(
        self, releasio: Program
    ) -> None:
        run = releasio("rehearse", "--version", "0.1.0")

        assert 4 == run.code
        assert "0.1.0" in run.err

    def test_signs_the_files_and_reads_back_who_did(
        self, releasio: Program, project: Repository
    ) -> None:
        assert project.head
        run = releasio("rehearse", "--verbose")

        assert 0 == run.code, run.err
        assert 2 == run.out.count("by GitHub: example/hello-releasio, release.yml")
        assert "[x] signed every file with the embedded Sigstore; the index verified" in run.out

    @pytest.mark.parametrize(
        "job",
        [
            {"RELEASIO_SIGSTORE_ID_TOKEN": REAL},
            {"GITLAB_CI": "true", "SIGSTORE_ID_TOKEN": REAL, "REHEARSAL_ID_TOKEN": REAL},
        ],
        ids=["elsewhere", "GitLab"],
    )
    def test_identities_of_the_real_job_stay_out_of_it(
        self, releasio: Program, project: Repository, job: dict[str, str]
    ) -> None:
        assert project.head
        run = releasio("rehearse", "--verbose", **job)

        assert 0 == run.code, run.err
        assert 2 == run.out.count("by GitHub: example/hello-releasio, release.yml")

    @pytest.mark.parametrize(
        ("driver", "env", "reason"),
        [
            (
                WITHOUT_LIBRARIES,
                {},
                "the extra releasio[attestations] is not installed",
            ),
            (
                "",
                {"RELEASIO_PUBLISH_ATTESTATIONS": "false"},
                "publish.attestations = false asks for it",
            ),
        ],
        ids=["without the libraries", "switched off"],
    )
    def test_says_why_it_signed_nothing(
        self,
        releasio: Program,
        project: Repository,
        driver: str,
        env: dict[str, str],
        reason: str,
    ) -> None:
        words = ["-c", driver, "rehearse"] if driver else ["-m", "releasio", "rehearse"]
        run = subprocess.run(
            [sys.executable, *words],
            cwd=project.path,
            env=releasio.environment(**env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert 0 == run.returncode, run.stderr
        assert f"[x] signed nothing: {reason}" in run.stdout

    def test_dates_by_the_epoch_that_is_set(self, releasio: Program, tmp_path: Path) -> None:
        kept = tmp_path / "kept"
        kept.mkdir()
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(kept))
        run = releasio("rehearse", "--keep", SOURCE_DATE_EPOCH="1700100000", **places)

        assert 0 == run.code, run.err
        written = next(kept.glob("*/clone/CHANGELOG.md")).read_text(encoding="utf-8")
        assert "\n## [0.1.1] - 2023-11-16\n" in written

    def test_builds_with_submodules_or_says_which_is_missing(
        self, releasio: Program, project: Repository, tmp_path: Path
    ) -> None:
        library = Repository.create(tmp_path / "library")
        library.commit("feat: begin", **{"lib.py": "LIB = True\n"})
        allow = ("-c", "protocol.file.allow=always")
        project.git(*allow, "submodule", "--quiet", "add", library.path.as_uri(), "src/demo/lib")
        project.commit("fix: with a library")
        built = releasio("rehearse")
        project.git("submodule", "--quiet", "deinit", "--all", "--force")
        preview = releasio("release", "--offline")
        refused = releasio("rehearse")

        assert 0 == built.code, built.err
        assert "[x] installed with pip and imported: demo" in built.out
        assert (4, 4) == (preview.code, refused.code)
        assert "error: submodule src/demo/lib is not here at " in preview.err
        assert "error: submodule src/demo/lib is not here at " in refused.err

    def test_needs_a_repository(self, releasio: Program) -> None:
        run = releasio("rehearse", str(releasio.path.parent))

        assert 2 == run.code
        assert "is not inside a git repository" in run.err
