"""The ready ways of releasing."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.setup.recipes.recipe import PublishingJob, Recipe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.setup.recipes.recipe import Forge

_RELEASE = ".github/workflows/release.yml"
_CI = ".github/workflows/ci.yml"
_PIPELINE = ".gitlab-ci.yml"
_GO = "__REGISTRY__"
_TRY = "__TEST_REGISTRY__"
_ROUTES = ("publish", "routes")

_PUSH = "Push something for users to __BRANCH__."
_TAG = (
    "Run `releasio release --skip-publish --execute`, which makes and pushes commit and tag, or "
    "push a tag that you made yourself."
)
_TAGS = (
    "Run `releasio release --dev --skip-publish --execute`, which makes and pushes the tag of a "
    "development version, without `--dev` that of a release; or push a tag that you made yourself."
)
_VERSION = "Push a commit to __BRANCH__ that changes the version in the project's file."
_JOBS_MAY_PUSH = (
    "Settings, CI/CD, Job token permissions: allow Git push requests to the repository."
)
_PROTECT_TAGS = "Settings, Repository, Protected tags: __TAGS__, so that only maintainers release."

WHEELS, OWN_BUILDS = "wheels", "own-builds"

_ALL = (
    Recipe(
        name="push-to-main",
        title="Push to main",
        when="Every merge that has something for users is released at once.",
        begins=_PUSH,
        forge="github",
        files={_RELEASE: "github/push-to-main.yml"},
        publishers=(PublishingJob(_GO, "release.yml", "__ENVIRONMENT__"),),
        settings={("publish", "registry"): _GO},
    ),
    Recipe(
        name="stages",
        title="Push to main, in three jobs",
        when="Nothing that builds runs beside a secret, and reviewers approve what was built.",
        begins=_PUSH,
        forge="github",
        files={_RELEASE: "github/stages.yml"},
        publishers=(PublishingJob(_GO, "release.yml", "__ENVIRONMENT__"),),
        settings={("publish", "registry"): _GO},
        by_hand=("Settings, Environments, __ENVIRONMENT__: reviewers, and the branch __BRANCH__.",),
    ),
    Recipe(
        name="pull-request",
        title="Push to main, with a release pull request",
        when="Somebody reads version and changelog in a pull request; the merge releases them.",
        begins="Merge the pull request that each push to __BRANCH__ opens or updates.",
        forge="github",
        files={_RELEASE: "github/pull-request.yml"},
        publishers=(PublishingJob(_GO, "release.yml", "__ENVIRONMENT__"),),
        settings={("mode",): "pull-request", ("publish", "registry"): _GO},
        by_hand=(
            "Settings, Actions, General: allow GitHub Actions to create and approve pull requests.",
        ),
    ),
    Recipe(
        name="tag",
        title="Tag pushed by hand",
        when="People write the version and the changelog, and decide by a tag.",
        begins=_TAG,
        forge="github",
        files={_RELEASE: "github/tag.yml"},
        publishers=(PublishingJob(_GO, "release.yml", "__ENVIRONMENT__"),),
        settings={("publish", "registry"): _GO},
        by_hand=("Settings, Environments, __ENVIRONMENT__: reviewers, and tags __TAGS__.",),
    ),
    Recipe(
        name="github-release",
        title="GitHub release published",
        when="People write the notes on GitHub's page, and its button releases.",
        begins="Commit the new version, and publish a release with its tag on GitHub's page.",
        forge="github",
        files={_RELEASE: "github/github-release.yml"},
        publishers=(
            PublishingJob(_GO, "release.yml", "__ENVIRONMENT__"),
            PublishingJob(_TRY, "release.yml", "__TEST_ENVIRONMENT__"),
        ),
        settings={
            ("publish", "registry"): _GO,
            _ROUTES: [{"prerelease": True, "registry": _TRY}],
        },
        by_hand=(
            "Settings, Environments: __ENVIRONMENT__ and __TEST_ENVIRONMENT__.",
            (
                f"Pre-releases go to {_TRY}. If they are to go to {_GO}, take out publish.routes, "
                "the job publish-prerelease, and the `if` of the job publish."
            ),
        ),
    ),
    Recipe(
        name="environments",
        title="Two environments: releases, and development versions",
        when="Tags of development versions go to TestPyPI at once, releases wait for a reviewer.",
        begins=_TAGS,
        forge="github",
        files={_RELEASE: "github/environments.yml"},
        publishers=(
            PublishingJob(_GO, "release.yml", "__ENVIRONMENT__"),
            PublishingJob(_TRY, "release.yml", "__TEST_ENVIRONMENT__"),
        ),
        settings={
            ("publish", "registry"): _GO,
            ("publish", "trusted_publishing"): "required",
            _ROUTES: [{"tag": "__TAGS__-dev-*", "registry": _TRY}],
        },
        by_hand=(
            "Settings, Environments, __ENVIRONMENT__: reviewers, and tags __TAGS__.",
            "Settings, Environments, __TEST_ENVIRONMENT__: tags __TAGS__-dev-* and __TAGS__.dev*.",
        ),
    ),
    Recipe(
        name="version-changed",
        title="Version changed on main",
        when="A new version in the project's file is published by the push that brings it to main.",
        begins=_VERSION,
        forge="github",
        files={_CI: "github/version-changed.yml"},
        publishers=(PublishingJob(_TRY, "ci.yml", "__TEST_ENVIRONMENT__"),),
        settings={("mode",): "pull-request", ("publish", "registry"): _TRY},
    ),
    Recipe(
        name=WHEELS,
        title="Wheels of several platforms",
        when="The project has compiled parts, and cibuildwheel builds them on each platform.",
        begins=_TAG,
        forge="github",
        files={_RELEASE: "github/wheels.yml"},
        publishers=(PublishingJob(_GO, "release.yml", "__ENVIRONMENT__"),),
        settings={("publish", "registry"): _GO},
        by_hand=("Settings, Environments, __ENVIRONMENT__: reviewers, and tags __TAGS__.",),
    ),
    Recipe(
        name=OWN_BUILDS,
        title="Files that your own jobs build",
        when="Jobs of yours build wheels of several platforms: they stay, releasio publishes.",
        begins=_TAG,
        forge="",
        files={},
        settings={("publish", "registry"): _GO},
    ),
    Recipe(
        name="laptop",
        title="Emergency release from a laptop",
        when="CI is down, or there is none.",
        begins="Run `releasio release --execute` in a clone, with a token.",
        forge="",
        files={},
        settings={("publish", "registry"): _GO},
    ),
    Recipe(
        name="gitlab-push-to-main",
        title="Push to main",
        when="Every merge that has something for users is released at once.",
        begins=_PUSH,
        forge="gitlab",
        files={_PIPELINE: "gitlab/push-to-main.yml"},
        publishers=(PublishingJob(_GO, _PIPELINE, "__ENVIRONMENT__"),),
        settings={("publish", "registry"): _GO},
        by_hand=(_JOBS_MAY_PUSH,),
    ),
    Recipe(
        name="gitlab-merge-request",
        title="Push to main, with a release merge request",
        when="Somebody reads version and changelog in a merge request; the merge releases them.",
        begins="Merge the merge request that each push to __BRANCH__ opens or updates.",
        forge="gitlab",
        files={_PIPELINE: "gitlab/merge-request.yml"},
        publishers=(PublishingJob(_GO, _PIPELINE, "__ENVIRONMENT__"),),
        settings={("mode",): "pull-request", ("publish", "registry"): _GO},
        by_hand=(
            _JOBS_MAY_PUSH,
            "Settings, CI/CD, Variables: GITLAB_TOKEN, a project's token with `api`, masked.",
        ),
    ),
    Recipe(
        name="gitlab-tag",
        title="Tag pushed by hand",
        when="People write the version and the changelog, and decide by a tag.",
        begins=_TAG,
        forge="gitlab",
        files={_PIPELINE: "gitlab/tag.yml"},
        publishers=(PublishingJob(_GO, _PIPELINE, "__ENVIRONMENT__"),),
        settings={("publish", "registry"): _GO},
        by_hand=(_PROTECT_TAGS,),
    ),
    Recipe(
        name="gitlab-environments",
        title="Two environments: releases, and development versions",
        when="Tags of development versions go to TestPyPI at once, releases wait for an approval.",
        begins=_TAGS,
        forge="gitlab",
        files={_PIPELINE: "gitlab/environments.yml"},
        publishers=(
            PublishingJob(_GO, _PIPELINE, "__ENVIRONMENT__"),
            PublishingJob(_TRY, _PIPELINE, "__TEST_ENVIRONMENT__"),
        ),
        settings={
            ("publish", "registry"): _GO,
            ("publish", "trusted_publishing"): "required",
            _ROUTES: [{"tag": "__TAGS__-dev-*", "registry": _TRY}],
        },
        by_hand=(
            _PROTECT_TAGS,
            "Settings, CI/CD, Protected environments, __ENVIRONMENT__: who approves.",
        ),
    ),
    Recipe(
        name="gitlab-version-changed",
        title="Version changed on main",
        when="A new version in the project's file is published by the push that brings it to main.",
        begins=_VERSION,
        forge="gitlab",
        files={_PIPELINE: "gitlab/version-changed.yml"},
        publishers=(PublishingJob(_TRY, _PIPELINE, "__TEST_ENVIRONMENT__"),),
        settings={("mode",): "pull-request", ("publish", "registry"): _TRY},
        by_hand=(_JOBS_MAY_PUSH,),
    ),
)

RECIPES: Mapping[str, Recipe] = MappingProxyType({recipe.name: recipe for recipe in _ALL})


def recipes_for(forge: Forge) -> tuple[Recipe, ...]:
    """Return the recipes whose files *forge* runs, the simplest first."""
    return tuple(recipe for recipe in _ALL if recipe.forge == forge)
