"""Where nothing is changed, one git says what is in all objects that are asked for."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import GitFailed
from releasio.world.git.git import Git
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

# says for each file that there is none, and in the end that it has come to its end
# https://git-scm.com/docs/gitattributes#_long_running_filter_process
FILTER = """
import sys, time, pathlib

def told():
    while size := sys.stdin.buffer.read(4):
        if int(size, 16) == 0:
            return True
        sys.stdin.buffer.read(int(size, 16) - 4)
    return False

def say(*texts):
    for text in texts:
        packet = f"{len(text) + 4:04x}{text}" if text else "0000"
        sys.stdout.write(packet)
    sys.stdout.flush()

told()
say("git-filter-server\\n", "version=2\\n", "")
told()
say("capability=smudge\\n", "")
while told() and told():
    say("status=success\\n", "", "", "")
time.sleep(0.1)
pathlib.Path(sys.argv[1]).write_text("ended")
"""


def reading_once(repo: Repository) -> Git:
    return Git.open(repo.path, os.environ, read_once=True)


class TestBatch:
    def test_says_what_another_git_would(self, repo: Repository) -> None:
        texts = {"a.txt": "a", "empty": "", "b c.txt": "b\n\n", "src/one/ü": "missing\n"}
        commit = repo.commit("feat: begin", **texts)
        paths = (*texts, "src", "gone")
        git, other = reading_once(repo), opened(repo)

        for _ in range(2):
            assert other.objects.read_files(commit, paths) == git.objects.read_files(commit, paths)
        assert {"": ("src",), "src": ("one",)} == git.objects.folders(commit, ["", "src"])
        assert {"src": "is a directory"} == git.objects.obstacles(commit, ["src", "a.txt"])

    def test_takes_more_than_a_pipe_holds(self, repo: Repository) -> None:
        paths = [f"{'long' * 30}/{number}.txt" for number in range(600)]
        commit = repo.commit("feat: begin", **{paths[7]: "x" * 3_000_000})

        contents = reading_once(repo).objects.read_files(commit, paths)

        assert paths == list(contents)
        assert 3_000_000 == len(contents.pop(paths[7]) or b"")
        assert {None} == set(contents.values())

    def test_says_why_it_gave_up_and_another_one_goes_on(self, repo: Repository) -> None:
        attributes = {".gitattributes": "*.bin filter=big\n"}
        commit = repo.commit("feat: begin", **attributes, **{"a.bin": "a", "b.txt": "b"})
        repo.git("config", "filter.big.smudge", "false")
        repo.git("config", "filter.big.required", "true")
        git = reading_once(repo)

        with pytest.raises(GitFailed, match="smudge filter big failed"):
            git.objects.read_files(commit, ["b.txt", "a.bin"])

        assert {"b.txt": b"b"} == git.objects.read_files(commit, ["b.txt"])

    def test_ends_after_the_filters_it_started(self, repo: Repository, tmp_path: Path) -> None:
        commit = repo.commit("feat: begin", **{".gitattributes": "*.bin filter=f\n", "a.bin": "a"})
        script, mark = tmp_path / "filter.py", tmp_path / "mark"
        script.write_text(FILTER, encoding="utf-8")
        command = [path.as_posix() for path in (Path(sys.executable), script, mark)]
        repo.git("config", "filter.f.process", " ".join(f"'{word}'" for word in command))
        git = reading_once(repo)
        contents = git.objects.read_files(commit, ["a.bin"])

        del git
        gc.collect()

        assert {"a.bin": b""} == contents
        assert mark.exists()

    def test_none_is_kept_where_objects_may_have_to_be_fetched(self, repo: Repository) -> None:
        commit = repo.commit("feat: begin", FILE="a")
        repo.git("config", "remote.origin.promisor", "true")
        git = reading_once(repo)

        assert git.at_hand() is not git
        assert {"FILE": b"a"} == git.objects.read_files(commit, ["FILE"])
        assert {"FILE": b"a"} == git.at_hand().objects.read_files(commit, ["FILE"])

    def test_what_is_asked_of_nobody_else_is_at_hand(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        git = reading_once(repo)

        assert git.at_hand() is git
