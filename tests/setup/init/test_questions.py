"""The questions, the answers that projects give to them, and what is no answer."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from releasio.config.tables.model import ChangelogConfig, Config
from releasio.rules.versions.tag_form import TagForm
from releasio.setup.init import questions
from releasio.setup.init.project import Clone, Contents
from releasio.setup.init.questions import prefix_of
from tests.setup.init.found import found


class TestBranch:
    @pytest.mark.parametrize(
        ("clone", "expected"),
        [
            (None, "main"),
            (Clone("main", ("main",), "trunk"), "trunk"),
            (Clone("work", ("work", "master")), "master"),
            (Clone("work", ("work",)), "work"),
            (Clone(None), "main"),
            (Clone("master", has_commits=False), "master"),
        ],
    )
    def test_default(self, clone: Clone | None, expected: str) -> None:
        assert expected == questions.branch_question(found(clone=clone), {}).default

    def test_what_another_tool_was_told_comes_before(self) -> None:
        question = questions.branch_question(found(), {("default_branch",): "release"})

        assert ("release", "another tool was told so") == (question.default, question.why)


class TestTag:
    @pytest.mark.parametrize(
        ("tag", "prefix"),
        [
            ("v1.2.0", "v"),
            ("1.2.0", ""),
            ("release-1.2.0", "release-"),
            ("demo2-v1.2.0", "demo2-v"),
            ("v1.2.0rc1", "v"),
            ("2026.11", ""),
            ("v1.2.0-final", "v{version}-final"),
        ],
    )
    def test_an_example_tells_the_prefix(self, tag: str, prefix: str) -> None:
        assert prefix == prefix_of(tag)

    def test_default_is_like_the_tags_that_are_there(self) -> None:
        project = found(tag_form=TagForm("release-", learnt=True), newest_tag="release-0.4.0")
        question = questions.tag_question(project, {})

        assert ("release-1.2.0", "as release-0.4.0 does") == (question.default, question.why)

    @pytest.mark.parametrize("answer", ["v", "a b1.2.0", "..1.2.0"])
    def test_what_git_or_people_could_not_read_is_no_answer(self, answer: str) -> None:
        question = questions.tag_question(found(), {})

        assert question.mistake
        assert question.mistake(answer)


class TestChangelog:
    @pytest.mark.parametrize(
        ("contents", "expected"),
        [
            (Contents(), "CHANGELOG.md"),
            (Contents(readme="README.rst"), "CHANGELOG.rst"),
            (Contents("docs/changes.md", "README.rst"), "docs/changes.md"),
        ],
    )
    def test_default(self, contents: Contents, expected: str) -> None:
        assert expected == questions.changelog_question(found(contents=contents), {}).default

    def test_what_another_tool_was_told_is_the_file(self) -> None:
        question = questions.changelog_question(found(), {("changelog", "path"): "docs/log.rst"})

        assert ("docs/log.rst", "another tool was told so") == (question.default, question.why)

    def test_no_second_one_beside_that_of_the_repository(self) -> None:
        project = found(contents=Contents(changelog_outside="docs/news.rst"))
        question = questions.changelog_question(project, {})

        assert "none" == question.default
        assert "docs/news.rst is, and is outside of the project's folder" == question.why

    def test_none_where_the_settings_want_none(self) -> None:
        project = found(Config(changelog=ChangelogConfig(enabled=False)))

        assert "none" == questions.changelog_question(project, {}).default

    def test_none_also_where_there_is_one_that_they_do_not_want(self) -> None:
        settings = Config(changelog=ChangelogConfig(enabled=False))
        project = found(settings, contents=Contents(changelog="docs/news.md"))

        assert "none" == questions.changelog_question(project, {}).default

    @pytest.mark.parametrize("answer", ["/etc/passwd", "../CHANGELOG.md", "CHANGELOG.pdf"])
    def test_what_no_release_could_write_is_no_answer(self, answer: str) -> None:
        question = questions.changelog_question(found(), {})

        assert question.mistake
        assert question.mistake(answer)


class TestIndex:
    @pytest.mark.parametrize("answer", ["pypi", "testpypi", "https://upload.example.org/legacy/"])
    def test_takes_names_and_addresses(self, answer: str) -> None:
        question = questions.registry_question(found())

        assert question.mistake
        assert "" == question.mistake(answer)

    @pytest.mark.parametrize(
        "answer", ["pipy", "http://upload.example.org/", "https://pypi.org/simple/"]
    )
    def test_refuses_what_is_none_in_the_words_of_the_error(self, answer: str) -> None:
        question = questions.registry_question(found())

        assert question.mistake
        assert question.mistake(answer).endswith((".", "/", ")"))


class TestRecipe:
    def test_offers_those_of_the_forge_and_the_laptop(self) -> None:
        question = questions.recipe_question(found(), "gitlab")

        names = list(question.options)
        assert ["own-builds", "laptop"] == [names.pop(-2), names.pop()]
        assert [name for name in names if not name.startswith("gitlab-")] == []

    def test_forge_is_that_of_a_pipeline(self) -> None:
        contents = Contents(pipeline={".gitlab-ci.yml": ""})

        assert "gitlab" == questions.forge_question(found(place=None, contents=contents)).default
        assert "github" == questions.forge_question(found(place=None)).default


def test_settings_file_offers_the_manifest_only_where_there_is_one() -> None:
    question = questions.config_question(found())

    assert [".releasio.toml", "releasio.toml"] == list(question.options)
    assert isinstance(question.options, MappingProxyType)
