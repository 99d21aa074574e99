"""Two packages of one repository: one decision, one plan, one commit and one push."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.request import NotAPackageHere
from releasio.frozen import replace
from releasio.release.decision import Refused, Releases, decide
from releasio.release.release import Nothing
from releasio.release.stages import forecast
from releasio.rules.versions.tag_form import TagForm
from releasio.steps.prepare.commit import Commit
from releasio.steps.publish.push import Push
from tests.known import facts

if TYPE_CHECKING:
    from releasio.release.facts import Facts


class TestSeveralPackages:
    """Facts of two packages, `demo` and `core`, made from those of one each."""

    @staticmethod
    def both(demo: Facts, core: Facts) -> Facts:
        manifest = replace(core.package().manifest, name="core")
        package = replace(core.package(), manifest=manifest, tag_form=TagForm("core/v"))
        return replace(demo, packages=(demo.package(), package))

    def test_are_released_together(self) -> None:
        decision = decide(self.both(facts(), facts()))

        assert isinstance(decision, Releases)
        assert ["v1.2.1", "core/v1.2.1"] == [release.tag for release in decision.releases]

    def test_one_without_changes_is_left_alone(self) -> None:
        decision = decide(self.both(facts(), facts(commits=())))

        assert isinstance(decision, Releases)
        assert ["v1.2.1"] == [release.tag for release in decision.releases]

    def test_one_that_must_not_be_released_stops_the_other(self) -> None:
        decision = decide(self.both(facts(), facts("1.3.0", head_tag="v1.4.0", files={})))

        assert isinstance(decision, Refused)
        assert ["tag-disagrees"] == [problem.code for problem in decision.problems]
        assert ["v1.2.1"] == [release.tag for release in decision.releases]

    def test_none_with_changes_is_nothing_for_the_reason_of_each(self) -> None:
        nothing = facts(commits=())
        decision = decide(self.both(nothing, nothing))

        assert Nothing("no commits since 1.2.0; no commits since 1.2.0") == decision

    def test_each_is_found_by_its_name(self) -> None:
        found = self.both(facts(), facts())

        assert "core" == found.package("Core").manifest.name
        with pytest.raises(NotAPackageHere, match="there is no package other here") as caught:
            found.package("other")
        assert "The package of this project is demo, core." == caught.value.hint

    def test_have_one_plan_with_one_commit_and_one_push(self) -> None:
        found = self.both(facts(), facts())
        decision = decide(found)
        assert isinstance(decision, Releases)
        plans = forecast(found, decision.releases)
        (push,) = [step for plan in plans for step in plan.steps if isinstance(step, Push)]
        (made,) = [step for plan in plans for step in plan.steps if isinstance(step, Commit)]

        assert [("v1.2.1", "core/v1.2.1")] * 3 == [plan.tags for plan in plans]
        assert ["v1.2.1", "core/v1.2.1"] == [tag.name for tag in push.tags]
        assert ("v1.2.1", "core/v1.2.1") == made.tags
