from __future__ import annotations

from types import MappingProxyType

import pytest
from packaging.version import Version

from releasio.config.tables.model import PublishConfig, RegistryConfig, Route
from releasio.errors.base import Problems
from releasio.errors.index.registry import RegistryUrlWrong, RouteSenseless, UnknownRegistry
from releasio.rules.index.registry import PYPI, TESTPYPI
from releasio.rules.index.routes import Routes, Way, read_routes
from releasio.rules.versions.tag_form import TagForm

OURS = RegistryConfig(url="https://index.example/legacy/")


def way(
    tag: str, *routes: Route, branch: str | None = "main", prefix: str = "v", **publish: object
) -> Way:
    config = PublishConfig(routes=routes, **publish)
    return read_routes(config, {}).of(
        tag, Version(tag.removeprefix(prefix)), branch, TagForm(prefix)
    )


def name_of(tag: str, *routes: Route, **more: str | None) -> str:
    return way(tag, *routes, **more).registry.name  # type: ignore[arg-type] # branch and prefix


class TestOf:
    def test_without_routes_everything_goes_the_usual_way(self) -> None:
        assert Way(PYPI) == way("v1.0")

    @pytest.mark.parametrize(
        ("tag", "registry"),
        [
            ("v0.5.10-dev-20250820123456", "testpypi"),
            ("v0.5.10.dev20250820123456", "testpypi"),
            ("v0.5.10dev1", "testpypi"),
            ("v0.5.10", "pypi"),
            ("v0.5.10rc1", "pypi"),
        ],
    )
    def test_a_pattern_for_tags_is_for_all_spellings_of_a_version(
        self, tag: str, registry: str
    ) -> None:
        assert registry == name_of(tag, Route(registry="testpypi", tag="v*-dev-*"))

    @pytest.mark.parametrize("pattern", ["v*-rc*", "v*rc*", "v*-rc.*", "v*.rc1", "v1.0_rc_1"])
    def test_release_candidates_are_found_however_they_are_written(self, pattern: str) -> None:
        assert "testpypi" == name_of("v1.0rc1", Route(registry="testpypi", tag=pattern))

    @pytest.mark.parametrize("pattern", ["v*-beta*", "v*b*", "v*-b2"])
    def test_phases_have_short_and_long_names(self, pattern: str) -> None:
        assert "testpypi" == name_of("v1.0b2", Route(registry="testpypi", tag=pattern))

    def test_a_pattern_for_a_final_version_is_taken_as_it_stands(self) -> None:
        route = Route(registry="testpypi", tag="v1.*")

        assert ["testpypi", "pypi"] == [name_of("v1.2", route), name_of("v2.0", route)]

    def test_the_prefix_of_the_tags_counts(self) -> None:
        route = Route(registry="testpypi", tag="core-*-dev-*")

        assert "testpypi" == name_of("core-1.0.dev1", route, prefix="core-")

    @pytest.mark.parametrize(
        ("branch", "registry"), [("develop", "testpypi"), ("main", "pypi"), (None, "pypi")]
    )
    def test_branches(self, branch: str | None, registry: str) -> None:
        assert registry == name_of("v1.0", Route(registry="testpypi", branch="dev*"), branch=branch)

    @pytest.mark.parametrize(
        ("tag", "registry"), [("v1.0a1", "testpypi"), ("v1.0.dev1", "testpypi"), ("v1.0", "pypi")]
    )
    def test_pre_releases(self, tag: str, registry: str) -> None:
        assert registry == name_of(tag, Route(registry="testpypi", prerelease=True))

    def test_final_releases(self) -> None:
        route = Route(registry="testpypi", prerelease=False)

        assert ["testpypi", "pypi"] == [name_of("v1.0", route), name_of("v1.0rc1", route)]

    def test_all_that_a_route_asks_for_must_hold(self) -> None:
        route = Route(registry="testpypi", tag="v1.*", prerelease=True)

        assert ["testpypi", "pypi"] == [name_of("v1.0rc1", route), name_of("v1.0", route)]

    def test_the_first_that_matches_is_taken(self) -> None:
        first = Route(registry="testpypi", prerelease=True)

        assert "testpypi" == name_of("v1.0rc1", first, Route(registry="pypi"))

    def test_the_reason_names_what_decided(self) -> None:
        route = Route(registry="testpypi", tag="v*-dev-*", branch="main")

        assert (
            "publish.routes: tags like v*-dev-* and branches like main go to testpypi"
            == way("v1.0.dev1", route).reason
        )


class TestStaging:
    def test_comes_before_the_registry(self) -> None:
        assert (TESTPYPI, PYPI) == way("v1.0", staging="testpypi").registries

    def test_is_a_routes_own_where_a_route_decides(self) -> None:
        route = Route(registry="testpypi", prerelease=True)

        assert (TESTPYPI,) == way("v1.0rc1", route, staging="testpypi").registries


class TestAgain:
    """What a tag told of a registry, and where the release is finished."""

    def routes(self, *, by_hand: bool = False, **publish: object) -> Routes:
        known = MappingProxyType({"ours": OURS})
        return read_routes(PublishConfig(**publish), known, by_hand=by_hand)

    @pytest.mark.parametrize("told", ["", "pypi"])
    def test_a_tag_that_says_nothing_else_goes_the_usual_way(self, told: str) -> None:
        assert Way(PYPI) == self.routes().again(Way(PYPI), told)

    def test_a_tag_that_names_another_registry_stays_with_it(self) -> None:
        routes = self.routes(routes=(Route(registry="testpypi", branch="dev"),))
        again = routes.again(Way(PYPI), "testpypi")

        assert again == Way(TESTPYPI, reason="its tag says that it goes to testpypi")

    @pytest.mark.parametrize(
        "told", ["testpypi", "ours", "theirs", "https://elsewhere.example/legacy/", "(unnamed)"]
    )
    def test_no_tag_sends_files_and_credentials_where_no_setting_leads(self, told: str) -> None:
        assert self.routes().again(Way(PYPI), told) is None

    def test_a_registry_chosen_by_hand_comes_first(self) -> None:
        assert Way(PYPI) == self.routes(by_hand=True).again(Way(PYPI), "testpypi")


class TestTold:
    """What a tag, which everybody sees, says of a registry."""

    SECRET = "https://secret.example/legacy/"

    @pytest.mark.parametrize("name", ["pypi", "ours"])
    def test_a_name_of_the_settings(self, name: str) -> None:
        routes = read_routes(PublishConfig(registry=name), MappingProxyType({"ours": OURS}))

        assert name == routes.told(routes.usual.registry)

    def test_never_an_address(self) -> None:
        routes = read_routes(PublishConfig(registry=self.SECRET), {}, by_hand=True)

        assert "(unnamed)" == routes.told(routes.usual.registry)
        assert routes.usual == routes.again(routes.usual, "(unnamed)")

    def test_the_usual_one_without_a_name_is_found_again_from_any_branch(self) -> None:
        route = Route(registry="testpypi", branch="dev")
        routes = read_routes(PublishConfig(registry=self.SECRET, routes=(route,)), {})
        elsewhere = routes.of("v1.0", Version("1.0"), "dev", "v")

        assert "(usual)" == routes.told(routes.usual.registry)
        assert routes.usual == routes.again(elsewhere, "(usual)")

    def test_a_routes_address_is_not_taken_for_the_usual_one(self) -> None:
        route = Route(registry=self.SECRET, branch="dev")
        routes = read_routes(PublishConfig(routes=(route,)), {})
        private = routes.of("v1.0", Version("1.0"), "dev", "v")

        assert "(unnamed)" == routes.told(private.registry)
        assert private == routes.again(private, "(unnamed)")
        assert routes.again(routes.usual, "(unnamed)") is None

    def test_a_name_that_leads_elsewhere_is_not_taken_for_it(self) -> None:
        ours = MappingProxyType({"secret": OURS})
        routes = read_routes(PublishConfig(registry="https://secret/legacy/"), ours, by_hand=True)

        assert "(unnamed)" == routes.told(routes.usual.registry)


class TestMistakes:
    @pytest.mark.parametrize(
        ("route", "said"),
        [
            ({"tag": ""}, "publish.routes[0].tag = '' makes no sense: no name is empty"),
            ({"tag": "v*-dev-*\n"}, "publish.routes[0].tag = 'v*-dev-*\\n' makes no sense"),
            ({"tag": "v["}, "publish.routes[0].tag = 'v[' makes no sense: a bracket is not"),
            ({"branch": "refs/heads/main"}, "names are without refs/heads/ and refs/tags/"),
            ({"staging": "testpypi"}, "publish.routes[0].staging = 'testpypi' makes no sense"),
        ],
    )
    def test_what_can_never_match_is_refused(self, route: dict[str, str], said: str) -> None:
        routes = (Route(registry="testpypi", **route),)

        with pytest.raises(RouteSenseless) as caught:
            read_routes(PublishConfig(routes=routes), {})

        assert said in str(caught.value)
        assert "Correct it, or leave it out" in caught.value.hint

    def test_a_registry_is_not_its_own_staging(self) -> None:
        with pytest.raises(RouteSenseless, match="it is the registry itself"):
            read_routes(PublishConfig(registry="testpypi", staging="testpypi"), {})

    def test_all_of_them_are_told_with_their_place(self) -> None:
        routes = (Route(registry="testpypo"), Route(registry="pypi", staging="nowhere"))
        config = PublishConfig(registry="pipy", staging="testpipy", routes=routes)
        wrong = MappingProxyType({"ours": RegistryConfig(url="https://pypi.org/simple/")})

        with pytest.raises(Problems) as caught:
            read_routes(config, wrong)

        assert str(caught.value.problems[0]).startswith("registries.ours.url: ")
        assert isinstance(caught.value.problems[0], RegistryUrlWrong)
        assert [
            "there is no registry called 'pipy'",
            "publish.staging: there is no registry called 'testpipy'",
            "publish.routes[0].registry: there is no registry called 'testpypo'",
            "publish.routes[1].staging: there is no registry called 'nowhere'",
        ] == [str(problem) for problem in caught.value.problems[1:]]

    def test_a_table_that_is_wrong_and_used_is_told_once(self) -> None:
        wrong = MappingProxyType({"ours": RegistryConfig(url="http://index.example/legacy/")})
        config = PublishConfig(routes=(Route(registry="ours"), Route(registry="ours")))

        with pytest.raises(Exception, match=r"^registries\.ours\.url: http://index"):
            read_routes(config, wrong)

    def test_the_hint_says_what_is_known(self) -> None:
        with pytest.raises(UnknownRegistry) as caught:
            read_routes(PublishConfig(routes=(Route(registry="testpipy"),)), {})

        assert caught.value.hint.startswith("Did you mean testpypi? Known are: pypi, testpypi.")
