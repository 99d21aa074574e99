"""What the index must know of the jobs that publish."""

from __future__ import annotations

import pytest

from releasio.rules.forge.place import ForgePlace
from releasio.setup.init.publishers import publisher_forms
from tests.setup.init.found import GITLAB, chosen, found

FILLED = (
    "https://pypi.org/manage/project/demo/settings/publishing/?provider=github&owner=acme"
    "&repository=demo&workflow_filename=release.yml&environment=pypi"
)


class TestForms:
    def test_of_a_project_that_is_there_is_a_page_that_is_filled_in(self) -> None:
        (form,) = publisher_forms(found(), chosen(), lambda _: True)

        assert (FILLED, False) == (form.page, form.is_open)
        assert ("Owner", "Repository name", "Workflow name", "Environment name") == tuple(
            label for label, _ in form.values
        )

    @pytest.mark.parametrize("exists", [False, None])
    def test_of_a_new_project_is_a_pending_one_with_its_name(self, *, exists: bool | None) -> None:
        (form,) = publisher_forms(found(), chosen(), lambda _: exists)

        assert "https://pypi.org/manage/account/publishing/" == form.page
        assert ("PyPI Project Name", "demo") == form.values[0]

    def test_there_is_one_for_each_index_of_the_recipe(self) -> None:
        forms = publisher_forms(found(), chosen("environments"), lambda _: False)

        assert [
            ("pypi", "pypi", "https://pypi.org/manage/account/publishing/"),
            ("testpypi", "testpypi", "https://test.pypi.org/manage/account/publishing/"),
        ] == [
            (form.registry.name, dict(form.values)["Environment name"], form.page) for form in forms
        ]

    def test_of_gitlab_asks_for_the_pipeline(self) -> None:
        (form,) = publisher_forms(
            found(place=GITLAB), chosen("gitlab-merge-request"), lambda _: False
        )

        assert {
            "PyPI Project Name": "demo",
            "Namespace": "acme/tools",
            "Project name": "demo",
            "Top-level pipeline file path": ".gitlab-ci.yml",
            "Environment name": "pypi",
        } == dict(form.values)

    def test_of_a_gitlab_of_ones_own_names_the_issuer(self) -> None:
        place = ForgePlace("gitlab", "git.example.org", "a", "b", "", "https://git.example.org")
        (form,) = publisher_forms(found(place=place), chosen("gitlab-tag"), lambda _: False)

        assert "https://git.example.org" == dict(form.values)["Issuer URL"]

    def test_without_a_remote_account_and_repository_are_open(self) -> None:
        (form,) = publisher_forms(found(place=None), chosen(), lambda _: True)

        assert form.is_open
        assert "https://pypi.org/manage/project/demo/settings/publishing/" == form.page
        assert "(your account)" == dict(form.values)["Owner"]

    def test_a_recipe_without_jobs_has_none(self) -> None:
        assert () == publisher_forms(found(), chosen("laptop"), lambda _: True)
