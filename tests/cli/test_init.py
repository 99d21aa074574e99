"""`releasio init`, where nobody is asked, in projects of all kinds and in hostile places."""

from __future__ import annotations

import json
import stat
import tomllib
from typing import TYPE_CHECKING

import pytest

from releasio.setup.recipes.recipes import RECIPES
from tests.cli.program import Program
from tests.cli.test_json import VALIDATOR
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository
from tests.journeys.stage import files_below
from tests.sampled import sampled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Run

RELEASE = ".github/workflows/release.yml"
FILES = {".releasio.toml", RELEASE, "CHANGELOG.md"}
SETUP_CFG = "[metadata]\nname = demo\nversion = 0.1.0\n\n[options]\npackages = demo\n"


@pytest.fixture
def project(repo: Repository) -> Repository:
    """demo 0.1.0, committed; its remote is on GitHub as far as its address tells."""
    static_project(repo)
    repo.git("remote", "add", "origin", "https://github.com/acme/demo.git")
    return repo


def init(folder: Path, *words: str, **env: str) -> Run:
    return Program(folder)("init", "--offline", *words, **env)


def new_files(folder: Path, before: dict[str, bytes]) -> set[str]:
    after = files_below(folder)
    assert before == {name: after[name] for name in before}, "what was there has changed"
    return after.keys() - before.keys()


class TestYes:
    def test_writes_settings_workflow_and_changelog(self, project: Repository) -> None:
        before = files_below(project.path)
        run = init(project.path, "--yes")

        assert (0, "") == (run.code, run.err)
        assert FILES == new_files(project.path, before)
        settings = tomllib.loads(project.read(".releasio.toml"))
        assert {"config_version": 3, "mode": "pull-request"} == settings
        assert "branches: [main]" in project.read(RELEASE)
        assert project.read("CHANGELOG.md").endswith("\n## [Unreleased]\n")

    @pytest.mark.parametrize("word", ["-y", "--execute", "-x"])
    def test_has_the_names_of_what_acts_in_other_commands(
        self, project: Repository, word: str
    ) -> None:
        run = init(project.path, word)

        assert (0, "") == (run.code, run.err)
        assert "wrote .releasio.toml\n" in run.out

    def test_shows_each_file_before(self, project: Repository) -> None:
        run = init(project.path, "--yes")

        at = [run.out.index(f"  +++ b/{name}\n") for name in (".releasio.toml", RELEASE)]
        assert sorted(at) == at
        assert run.out.index("  +mode =") < run.out.index("\nwrote .releasio.toml\n")

    def test_ends_with_the_publisher_and_the_next_commands(self, project: Repository) -> None:
        run = init(project.path, "--yes")

        _, _, ending = run.out.partition("The trusted publisher on pypi\n")
        assert (
            "https://pypi.org/manage/account/publishing/\n"
            "    PyPI Project Name:  demo\n"
            "    Owner:              acme\n"
            "    Repository name:    demo\n"
            "    Workflow name:      release.yml\n"
            "    Environment name:   pypi\n"
        ) in ending
        assert ending.endswith(
            "Next\n"
            "  releasio doctor\n"
            "  releasio rehearse\n"
            f"  git add -- .releasio.toml {RELEASE} CHANGELOG.md && "
            "git commit -m 'ci: release with releasio' && git push\n"
        )

    def test_running_twice_is_running_once(self, project: Repository) -> None:
        init(project.path, "--yes")
        before = files_below(project.path)
        run = init(project.path, "--yes")

        assert 0 == run.code
        assert before == files_below(project.path)
        assert f"{RELEASE} is as it should be\n" in run.out
        assert "Nothing was written.\n" in run.out

    def test_what_is_there_stays(self, project: Repository) -> None:
        project.write(RELEASE, "name: mine\n")
        before = files_below(project.path)
        run = init(project.path, "--yes")

        assert FILES - {RELEASE} == new_files(project.path, before)
        assert f"{RELEASE} is there and stays as it is; --force changes it\n" in run.out

    @pytest.mark.parametrize("word", ["--force", "-f"])
    def test_force_changes_it(self, project: Repository, word: str) -> None:
        project.write(RELEASE, "name: mine\n")
        run = init(project.path, "--yes", word)

        assert 0 == run.code
        assert "command: release-pr" in project.read(RELEASE)

    def test_a_settings_file_that_is_named_is_changed(self, project: Repository) -> None:
        before = project.read("pyproject.toml")
        run = init(project.path, "--yes", "--config", "pyproject.toml")

        assert 0 == run.code
        assert not (project.path / ".releasio.toml").exists()
        after = project.read("pyproject.toml")
        assert after.startswith(before)
        assert "\n[tool.releasio]\n" in after.removeprefix(before)

    def test_a_recipe_that_is_named_is_taken(self, project: Repository) -> None:
        init(project.path, "--yes", "--recipe", "tag")

        assert "tags:" in project.read(RELEASE)
        assert {"config_version": 3} == tomllib.loads(project.read(".releasio.toml"))

    def test_as_a_document(self, project: Repository) -> None:
        run = init(project.path, "--yes", "--json")

        document = json.loads(run.out)
        VALIDATOR.validate(document)
        document = document["init"]
        assert ["written"] * 3 == [file["state"] for file in document["files"]]
        assert "pull-request" == document["answers"]["recipe"]
        assert "release.yml" == document["publishers"][0]["values"]["Workflow name"]
        assert "releasio doctor" == document["next"][0]


class TestDryRun:
    def test_shows_what_yes_would_write(self, project: Repository) -> None:
        before = files_below(project.path)
        dry = init(project.path, "--dry-run")
        unchanged = files_below(project.path)
        real = init(project.path, "--yes")

        assert 0 == dry.code
        assert before == unchanged
        assert "Nothing was written. To write it: releasio init --yes\n" in dry.out
        preview = dry.out.partition("\nwould write ")[0]
        assert preview == real.out.partition("\nwrote ")[0]


class TestNobodyThere:
    def test_without_yes_says_which_option_it_takes(self, project: Repository) -> None:
        before = files_below(project.path)
        run = init(project.path)

        assert 2 == run.code
        assert "error: init asks questions, and this is no terminal\n" in run.err
        assert "releasio init --yes takes what it finds in the project" in run.err
        assert before == files_below(project.path)

    def test_with_a_document(self, project: Repository) -> None:
        document = json.loads(init(project.path, "--json").out)

        assert ["init-needs-terminal"] == [error["code"] for error in document["errors"]]
        assert "with --json there is no terminal for it" in document["errors"][0]["message"]

    def test_a_recipe_that_is_none_is_named(self, project: Repository) -> None:
        run = init(project.path, "--yes", "--recipe", "pull-requests")

        assert 2 == run.code
        assert "There is no recipe 'pull-requests'. Did you mean 'pull-request'?" in run.err


class TestPlaces:
    def test_no_repository(self, tmp_path: Path) -> None:
        static_project(Repository(tmp_path), message=None)
        before = files_below(tmp_path)
        run = init(tmp_path, "--yes")

        assert (0, "") == (run.code, run.err)
        assert FILES == new_files(tmp_path, before)
        assert "Owner:              (your account)\n" in run.out
        assert (
            "  git init --initial-branch main && git add . && git commit -m 'feat: begin'\n"
            in run.out
        )

    def test_no_commit(self, repo: Repository) -> None:
        static_project(repo, message=None)
        run = init(repo.path, "--yes")

        assert (0, "") == (run.code, run.err)
        assert "  git add . && git commit -m 'feat: begin'\n  releasio doctor\n" in run.out

    def test_a_detached_head(self, project: Repository) -> None:
        project.git("checkout", "--quiet", "--detach")
        project.git("branch", "--delete", "--force", "main")
        run = init(project.path, "--yes")

        assert 0 == run.code
        assert "branches: [main]" in project.read(RELEASE)

    def test_another_branch_than_the_usual_one(self, project: Repository) -> None:
        project.git("branch", "--move", "trunk")
        init(project.path, "--yes")

        assert "trunk" == tomllib.loads(project.read(".releasio.toml"))["default_branch"]
        assert "branches: [trunk]" in project.read(RELEASE)

    def test_a_project_inside_of_a_repository(self, repo: Repository) -> None:
        """Forges read workflows at the top alone; everything else is the project's."""
        (repo.path / "packages/demo").mkdir(parents=True)
        static_project(Repository(repo.path / "packages/demo"), message=None)
        repo.commit("feat: begin")
        before = files_below(repo.path)
        run = init(repo.path, "--yes", "packages/demo")

        assert (0, "") == (run.code, run.err)
        inside = {"packages/demo/.releasio.toml", "packages/demo/CHANGELOG.md"}
        assert {RELEASE, *inside} == new_files(repo.path, before)
        assert "          working-directory: packages/demo\n" in repo.read(RELEASE)
        assert "  releasio doctor packages/demo\n" in run.out

    def test_settings_of_the_repository_around_it_are_edited(self, repo: Repository) -> None:
        repo.write(".releasio.toml", 'mode = "direct"\n')
        (repo.path / "demo").mkdir()
        static_project(Repository(repo.path / "demo"), message=None)
        repo.commit("feat: begin")
        run = init(repo.path / "demo", "--yes")

        assert not (repo.path / "demo/.releasio.toml").exists()
        assert ".releasio.toml is there and stays as it is; --force changes it\n" in run.out

    def test_a_project_that_is_none(self, repo: Repository) -> None:
        repo.write("pyproject.toml", "[tool.black]\nline-length = 100\n")
        run = init(repo.path, "--yes")

        assert 0 != run.code
        assert "pyproject.toml" in run.err
        assert "Nothing was written.\n" in run.err
        assert {"pyproject.toml"} == files_below(repo.path).keys()

    def test_setup_cfg_alone_gets_what_pip_builds_it_by(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"setup.cfg": SETUP_CFG, "demo/__init__.py": ""})
        run = init(repo.path, "--yes")

        assert (0, "") == (run.code, run.err)
        assert "demo, 0.1.0 (setup.cfg)" in run.out
        assert repo.read("pyproject.toml").startswith('[build-system]\nrequires = ["setuptools')

    def test_a_changelog_in_restructuredtext_beside_such_a_readme(self, repo: Repository) -> None:
        static_project(repo, readme="README.rst")
        init(repo.path, "--yes")

        assert repo.read("CHANGELOG.rst").startswith("Changelog\n=========\n")

    def test_windows_line_ends_stay_windows_line_ends(self, project: Repository) -> None:
        for name in ("pyproject.toml", "README.md"):
            project.write(name, project.read(name).replace("\n", "\r\n"))
        project.commit("fix: line ends")
        init(project.path, "--yes", "--config", "pyproject.toml")

        for name in ("pyproject.toml", RELEASE, "CHANGELOG.md"):
            text = project.read(name)
            assert text.count("\r\n") == text.count("\n"), name

    def test_a_name_that_the_index_refuses(self, repo: Repository) -> None:
        static_project(repo, name="json")
        run = init(repo.path, "--yes")

        assert 0 == run.code
        assert "The index refuses the project's name. The name 'json' isn't allowed" in run.out


class TestRefusals:
    def test_a_workflow_folder_that_is_a_link(self, project: Repository, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (project.path / ".github").mkdir()
        (project.path / ".github/workflows").symlink_to(elsewhere)
        run = init(project.path, "--yes")

        assert 4 == run.code
        assert "error: .github/workflows is a symbolic link to " in run.err
        assert "Nothing was written.\n" in run.err
        assert [] == list(elsewhere.iterdir())
        assert not (project.path / ".releasio.toml").exists()

    def test_a_read_only_file_that_would_change(self, project: Repository) -> None:
        path = project.path / "pyproject.toml"
        path.chmod(stat.S_IRUSR)
        run = init(project.path, "--yes", "--config", "pyproject.toml")

        assert 4 == run.code
        assert "error: pyproject.toml is read-only\n" in run.err
        assert "let it be written (chmod u+w pyproject.toml), then run again." in run.err
        assert not (project.path / RELEASE).exists()

    def test_a_second_settings_file(self, project: Repository) -> None:
        project.write("releasio.toml", "config_version = 3\n")
        run = init(project.path, "--yes", "--config", ".releasio.toml")

        assert 2 == run.code
        assert (
            "the settings are in releasio.toml already, and a .releasio.toml beside it" in run.err
        )
        assert "Leave --config away; init edits releasio.toml." in run.err

    def test_settings_that_are_wrong(self, project: Repository) -> None:
        project.write(".releasio.toml", "mod = 1\n")
        run = init(project.path, "--yes")

        assert 2 == run.code
        assert "`mod`" in run.err


class TestSettingsThatAreThere:
    def test_of_2x_keep_every_byte_that_is_not_meant(self, project: Repository) -> None:
        old = (
            '# ours\ndefault_branch = "main" # by rule\n\n[version]\ntag_prefix = "v"  # as ever\n'
            "\n[publish]\ntool = 'uv'\n"
        )
        project.write(".releasio.toml", old)
        run = init(project.path, "--yes", "--force")

        assert 0 == run.code, run.err
        text = project.read(".releasio.toml")
        assert 'mode = "pull-request"\n' in text
        assert old.splitlines() == [line for line in text.splitlines() if "mode" not in line]

    def test_what_they_say_is_not_said_again(self, project: Repository) -> None:
        project.write(".releasio.toml", 'mode = "pull-request"\n')
        run = init(project.path, "--yes")

        assert 'mode = "pull-request"\n' == project.read(".releasio.toml")
        assert "wrote .releasio.toml" not in run.out


class TestAnotherTool:
    """Each tool's own settings are translated in tests/setup/adoption."""

    @pytest.fixture
    def commitizen(self, project: Repository) -> Repository:
        settings = (
            '\n[tool.commitizen]\nversion_provider = "pep621"\nversion_files = ["version.py"]\n'
        )
        project.write("pyproject.toml", project.read("pyproject.toml") + settings)
        project.write("version.py", '__version__ = "0.1.0"\n')
        project.commit("chore: begin")
        project.tag("v0.1.0")
        project.commit("refactor: more", **{"src/demo/more.py": "MORE = True\n"})
        project.tag("v0.1.1")
        return project

    def test_what_it_was_told_becomes_settings(self, commitizen: Repository) -> None:
        run = init(commitizen.path, "--yes")

        assert (0, "") == (run.code, run.err)
        settings = tomllib.loads(commitizen.read(".releasio.toml"))
        assert ["version.py"] == settings["version"]["version_files"]
        assert "\ncommitizen (pyproject.toml:" in run.out
        assert '  version.version_files = ["version.py"]  (pyproject.toml:' in run.out

    def test_the_last_releases_are_decided_once_more_by_them(self, commitizen: Repository) -> None:
        run = init(commitizen.path, "--yes", "--json")

        document = json.loads(run.out)
        VALIDATOR.validate(document)
        (release,) = document["replay"]["releases"]
        (tool,) = document["init"]["adopted"]
        assert ["version.py"] == tool["settings"]["version.version_files"]
        assert ("v0.1.1", True) == (release["tag"], release["agrees"])

    def test_nothing_of_it_is_changed(self, commitizen: Repository) -> None:
        before = files_below(commitizen.path)
        init(commitizen.path, "--yes")

        assert FILES == new_files(commitizen.path, before)


class TestDoctor:
    @pytest.mark.parametrize("recipe", sampled(RECIPES, every=4))
    @pytest.mark.parametrize("folder", ["", "packages/demo"])
    def test_finds_no_error_in_what_is_written(
        self, repo: Repository, recipe: str, folder: str
    ) -> None:
        (repo.path / folder).mkdir(parents=True, exist_ok=True)
        static_project(Repository(repo.path / folder), message=None)
        forge = "gitlab.com" if recipe.startswith("gitlab") else "github.com"
        repo.git("remote", "add", "origin", f"https://{forge}/acme/demo.git")
        repo.commit("feat: begin")
        written = init(repo.path, "--yes", "--recipe", recipe, folder or ".")
        for workflow in repo.path.glob(".github/workflows/*.yml"):  # what init says is for people
            workflow.write_text(workflow.read_text().replace("OWNER/", "acme/"))
        repo.commit("ci: release with releasio")
        found = Program(repo.path)("doctor", "--offline", folder or ".")

        assert (0, 0) == (written.code, found.code), written.err + found.out
