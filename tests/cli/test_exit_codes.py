"""Every exit code that is documented, by what leads to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import NOW
from tests.fakes.tokens import macaroon

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

NOBODY = "http://127.0.0.1:9/legacy/"


class TestZero:
    def test_a_preview(self, releasio: Program) -> None:
        run = releasio("release", "--offline")

        assert (0, "") == (run.code, run.err)
        assert "Nothing was changed. To do it: releasio release --execute" in run.out

    def test_nothing_to_release(self, releasio: Program, project: Repository) -> None:
        project.git("tag", "--force", "v0.1.0")
        run = releasio("check", "--offline")

        assert 0 == run.code
        assert "Nothing to release: no commits since 0.1.0" in run.out


class TestOne:
    def test_a_hook_that_fails(self, releasio: Program, project: Repository) -> None:
        settings = project.read("pyproject.toml").replace(
            "[tool.releasio.hooks]", '[tool.releasio.hooks]\npost_bump = ["exit 3"]'
        )
        project.commit("ci: a hook", **{"pyproject.toml": settings})
        project.git("push", "--quiet", "origin", "main")
        before = project.git("for-each-ref"), project.git("status", "--porcelain")
        run = releasio("release", "--execute", "--skip-publish")

        assert 1 == run.code
        assert "post_bump" in run.err
        assert "(releasio explain hook-failed)" in run.err
        assert before == (
            project.git("for-each-ref", "refs/heads", "refs/tags", "refs/remotes"),
            project.git("status", "--porcelain"),
        )

    def test_a_title_that_is_not_conventional(self, releasio: Program) -> None:
        assert 1 == releasio("check-pr", "--title", "more things").code


class TestTwo:
    def test_both_to_act_and_not_to(self, releasio: Program) -> None:
        for command in ("release", "do-release", "update", "build", "publish"):
            run = releasio(command, "--execute", "--dry-run")

            assert 2 == run.code
            assert "--execute acts and --dry-run does not: give one of them." in run.err

    @pytest.mark.parametrize(
        ("words", "option"),
        [
            (("check", "--version", ""), "--version"),
            (("release", "--registry", " "), "--registry"),
            (("update", "--package="), "--package"),
            (("check", "--prerelease="), "--prerelease"),
            (("verify", ""), "VERSION"),
        ],
        ids=lambda given: " ".join(given) if isinstance(given, tuple) else given,
    )
    def test_an_option_without_its_value(
        self, releasio: Program, words: tuple[str, ...], option: str
    ) -> None:
        run = releasio(*words)

        assert 2 == run.code
        assert option in run.err
        assert "it is empty. Give a value, or leave the option out." in run.err

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("changelog", "--all", "v0.1.0"), "--all prints every release, and RANGE some"),
            (("changelog", "--unreleased", "--all"), "--unreleased prints what is not released"),
            (("changelog", "--json", "--format", "rst"), "say in which form: give one of them"),
            (("rehearse", ".", "--demo"), "--demo brings a project of its own, and PATH names ."),
        ],
    )
    def test_two_words_that_exclude_each_other(
        self, releasio: Program, words: tuple[str, ...], said: str
    ) -> None:
        run = releasio(*words)

        assert 2 == run.code
        assert said in " ".join(run.err.split())

    def test_settings_with_mistakes_name_them_all(
        self, releasio: Program, project: Repository
    ) -> None:
        project.write(".releasio.toml", "moed = 'direct'\nallow_dirty = 'yes'\n")
        run = releasio("check", "--offline")

        assert 2 == run.code
        assert ".releasio.toml:1: " in run.err
        assert "mode" in run.err
        assert ".releasio.toml:2: " in run.err

    def test_no_repository(self, releasio: Program) -> None:
        run = releasio("check", str(releasio.path.parent))

        assert 2 == run.code
        assert "is not inside a git repository" in run.err

    def test_a_version_that_is_none(self, releasio: Program) -> None:
        run = releasio("release", "--offline", "--version", "one")

        assert 2 == run.code
        assert "(releasio explain invalid-version)" in run.err

    def test_a_package_that_is_not_here(self, releasio: Program) -> None:
        run = releasio("release", "--offline", "--package", "other")

        assert 2 == run.code
        assert "other" in run.err
        assert "demo" in run.err
        assert "(releasio explain not-a-package-here)" in run.err

    @pytest.mark.parametrize(
        "words",
        [
            ("update", "-v", "1.2.3"),
            ("update", ".", "-v", "1.2.3"),
            ("do-release", "-v", "1.2.3", "-x"),
            ("do-release", ".", "--execute", "-v", "1.2.3"),
        ],
        ids=" ".join,
    )
    def test_the_v_of_2x(self, releasio: Program, words: tuple[str, ...]) -> None:
        """
        `-v` was the version in two commands; it must not silently mean something else now.
        """
        run = releasio(*words)

        assert 2 == run.code
        assert "For a version write --version 1.2.3: -v is verbose." in run.err

    @pytest.mark.parametrize("command", ["release", "do-release", "publish"])
    def test_a_release_needs_a_network(self, releasio: Program, command: str) -> None:
        run = releasio(command, "--execute", "--offline")

        assert 2 == run.code
        assert "--offline" in run.err

    def test_a_package_is_known_by_any_spelling(self, releasio: Program) -> None:
        assert 0 == releasio("check", "--offline", "--package", "Demo").code


class TestThree:
    @pytest.mark.parametrize("command", ["check", "release", "do-release"])
    def test_nothing_to_release_if_that_is_asked(
        self, releasio: Program, project: Repository, command: str
    ) -> None:
        project.git("tag", "--force", "v0.1.0")

        assert 3 == releasio(command, "--offline", "--exit-code").code

    def test_something_to_release(self, releasio: Program) -> None:
        assert 0 == releasio("check", "--offline", "--exit-code").code


class TestFour:
    def test_a_wrong_branch_and_a_dirty_tree_together(
        self, releasio: Program, project: Repository
    ) -> None:
        project.git("switch", "--quiet", "--create", "topic")
        project.write("README.md", "changed\n")
        run = releasio("release", "--offline")

        assert 4 == run.code
        assert "the branch is topic, but releases are made from main" in run.err
        assert "1 tracked file changed and not committed: README.md" in run.err

    def test_no_remote(self, releasio: Program, project: Repository) -> None:
        project.git("remote", "remove", "origin")
        run = releasio("release", "--offline")

        assert 4 == run.code
        assert 1 == run.err.count("this repository has no remote to push the release to")

    def test_verify_of_a_tag_that_names_no_files(self, releasio: Program) -> None:
        run = releasio("verify", "--registry", NOBODY)

        assert 4 == run.code
        assert "(releasio explain tag-has-no-files)" in run.err


class TestFive:
    def test_no_credential(self, releasio: Program, index: EmbeddedIndex) -> None:
        before = index.projects()
        run = releasio("release", "--execute", RELEASIO_PUBLISH_REGISTRY=index.upload_url)

        assert (5, before) == (run.code, index.projects())
        assert "RELEASIO_TOKEN" in run.err
        assert "(releasio explain no-credential)" in run.err

    def test_a_token_that_expired_after_the_date_of_the_release(
        self, laptop: Program, index: EmbeddedIndex
    ) -> None:
        """
        SOURCE_DATE_EPOCH dates a release; it does not turn back the time that tokens go by.
        """
        expired = int(NOW) + 1_000_000
        token = macaroon("127.0.0.1", [0, expired, expired - 900])
        run = laptop("release", "--execute", RELEASIO_TOKEN=token)

        assert (5, []) == (run.code, index.projects())
        assert "RELEASIO_TOKEN holds a token that expired at 2023-11-27 15:46 UTC" in run.err


class TestSix:
    @pytest.mark.journey
    def test_an_index_that_does_not_answer(self, releasio: Program, project: Repository) -> None:
        settings = "\n[tool.releasio.publish]\ntimeout = 1.0\n"
        project.commit("ci: x", **{"pyproject.toml": project.read("pyproject.toml") + settings})
        run = releasio("release", RELEASIO_PUBLISH_REGISTRY=NOBODY)

        assert 6 == run.code
        assert "(releasio explain index-unreachable)" in run.err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send on Windows")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
class TestInterrupted:
    @pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
    def test_ends_with_the_signal_s_code_and_says_how_to_go_on(
        self, releasio: Program, project: Repository, name: str, code: int
    ) -> None:
        started = releasio.path.with_name("started")
        hook = f"touch '{started}'; sleep 30"
        settings = project.read("pyproject.toml").replace(
            "[tool.releasio.hooks]", f'[tool.releasio.hooks]\npost_bump = ["{hook}"]'
        )
        project.commit("ci: a slow hook", **{"pyproject.toml": settings})
        project.git("push", "--quiet", "origin", "main")
        before = project.git("for-each-ref"), project.git("status", "--porcelain")
        child = subprocess.Popen(
            releasio.command("release", "--execute", "--skip-publish"),
            cwd=releasio.path,
            env=releasio.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        deadline = time.monotonic() + 60
        while not started.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(child.pid, getattr(signal, name))
        _, err = child.communicate(timeout=60)

        assert code == child.returncode
        assert "Interrupted. Run the same command again to go on." in err
        assert "Traceback" not in err
        assert before == (project.git("for-each-ref"), project.git("status", "--porcelain"))
        assert 1 == len(project.git("worktree", "list").splitlines())

    @pytest.mark.parametrize(
        "module", ["click", "releasio.cli.commands.check", "releasio.release.stages"]
    )
    @pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
    def test_before_anything_has_begun_is_said_like_later(
        self, releasio: Program, module: str, name: str, code: int
    ) -> None:
        driver = (
            "import importlib.abc, os, signal, sys\n"
            "class Impatient(importlib.abc.MetaPathFinder):\n"
            "    def find_spec(self, name, path, target=None):\n"
            f"        if name == {module!r}:\n"
            f"            os.kill(os.getpid(), signal.{name})\n"
            "sys.meta_path.insert(0, Impatient())\n"
            "from releasio.__main__ import main\n"
            "main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", driver, "check", "--offline"],
            cwd=releasio.path,
            env=releasio.environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

        assert code == done.returncode
        assert "Interrupted. Run the same command again to go on.\n" == done.stderr

    def test_threads_that_nobody_waits_for_say_nothing_any_more(self) -> None:
        script = (
            "import os, signal, threading\n"
            "from releasio.cli.screen import Terminal\n"
            "from releasio.cli.signals import listen\n"
            "def speak(number):\n"
            "    screen.note(f'{number}: trying again')\n"
            "    screen.line(f'{number}: sending')\n"
            "def helper(number):\n"
            "    thread = threading.Thread(target=speak, args=[number])\n"
            "    thread.start()\n"
            "    thread.join()\n"
            "screen = Terminal(dict(os.environ))\n"
            "listen()\n"
            "helper(1)\n"
            "try:\n"
            "    signal.raise_signal(signal.SIGINT)\n"
            "except KeyboardInterrupt:\n"
            "    helper(2)\n"
            "    speak(3)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )

        assert [
            *("  note: 1: trying again", "    | 1: sending"),
            *("  note: 3: trying again", "    | 3: sending"),
        ] == done.stdout.splitlines()

    def test_a_signal_that_is_ignored_by_wish_stays_so(self) -> None:
        script = "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        script += "from releasio.cli.signals import listen; listen()\n"
        script += "import os; os.kill(os.getpid(), signal.SIGHUP); print('still here')"
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
        )

        assert "still here\n" == done.stdout
