"""Facts to steps: what each stage consists of, before anything is asked or done."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.model import (
    BranchConfig,
    ChangelogConfig,
    Config,
    HooksConfig,
    PublishConfig,
    VersionConfig,
)
from releasio.release.plans.build import artefacts_of, plan_build
from releasio.release.plans.deliveries import uploads
from releasio.release.plans.plan import Built
from releasio.release.plans.prepare import plan_prepare, plan_update
from releasio.release.plans.publish import plan_publish, push_of
from releasio.rules.bump.request import Request
from releasio.rules.contents.record import BuiltFile, Record
from releasio.rules.contents.tag_message import files_of_tag
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from releasio.steps.prepare.edit import Edit
from releasio.steps.publish.attest import Attest
from releasio.steps.publish.authenticate import Authenticate
from releasio.steps.publish.compare import Compare
from releasio.steps.publish.upload import Upload
from releasio.steps.publish.verify import Verify
from tests.decided import release
from tests.known import EARLIER, HEAD, channels, facts

if TYPE_CHECKING:
    from releasio.release.facts import Facts
    from releasio.release.plans.plan import Plan
    from releasio.steps.publish.push import Push

HOOKS = HooksConfig(
    pre_bump=("one",),
    post_bump=("two", "three"),
    build="four",
    pre_release=("five",),
    post_release=("six",),
)
HOOKED = Config(hooks=HOOKS)
BUILT = Built(
    Record("demo", "1.3.0", "v1.3.0", HEAD, 1, (BuiltFile("demo-1.3.0.tar.gz", 9, "c" * 64),)),
    Path("dist"),
)
COMMIT = "d" * 40
PRIVATE = Registry("private", "https://example.org/legacy/", None)


def publish(found: Facts, commit: str | None) -> Plan:
    """Return the plan of the publish stage once everything is built."""
    one = release(found)
    return plan_publish(found, (one,), commit, {one.tag: BUILT})


def push(found: Facts, commit: str) -> Push:
    one = release(found)
    return push_of(found, (one,), commit, {one.tag: BUILT})


def names(plan: Plan) -> list[str]:
    return [type(step).__name__ for step in plan.steps]


class TestPrepare:
    @pytest.mark.parametrize(
        ("setting", "expected"),
        [
            (True, ["OpenTree", "Edit", "Edit", "RunHook", "CheckLock", "Commit"]),
            (False, ["OpenTree", "Edit", "Edit", "RunHook", "Commit"]),
        ],
    )
    def test_asks_about_a_lock_file_before_the_commit(
        self, *, setting: bool, expected: list[str]
    ) -> None:
        lock = b'[[package]]\nname = "demo"\nversion = "1.2.0"\nsource = { virtual = "." }\n'
        config = Config(
            version=VersionConfig(check_lock_file=setting),
            hooks=HooksConfig(post_bump=("one",)),
            changelog=ChangelogConfig(enabled=False),
        )
        found = facts(config=config, files={"uv.lock": lock})

        assert expected == names(plan_prepare(found, (release(found),)))

    def test_edits_between_the_tree_and_the_commit(self) -> None:
        found = facts()
        plan = plan_prepare(found, (release(found),))

        assert ("prepare", ("v1.2.1",)) == (plan.stage, plan.tags)
        assert [
            "check out aaaaaaaa in a work tree of its own",
            "write pyproject.toml: version 1.2.0 -> 1.2.1",
            "write CHANGELOG.md: section 1.2.1 (16 lines)",
            'commit as "chore(release): prepare v1.2.1"',
        ] == [str(step) for step in plan.steps]

    def test_the_commit_is_named_as_in_2_x_whatever_the_tags_look_like(self) -> None:
        """
        Workflows test for `chore(release):`, and other tools for the rest.
        """
        found = facts(last="1.2.0", prefix="")
        plan = plan_prepare(found, (release(found),))

        assert ("1.2.1",) == plan.tags
        assert 'commit as "chore(release): prepare v1.2.1"' == str(plan.steps[-1])

    def test_hooks_have_their_places(self) -> None:
        found = facts(config=HOOKED)
        texts = [str(step) for step in plan_prepare(found, (release(found),)).steps]

        assert [
            "run hook pre_release: five",
            "run hook pre_bump: one",
            "write pyproject.toml: version 1.2.0 -> 1.2.1",
            "write CHANGELOG.md: section 1.2.1 (16 lines)",
            "run hook post_bump: two",
            "run hook post_bump: three",
        ] == texts[1:-1]

    @pytest.mark.parametrize(
        "found", [facts("1.3.0"), facts(unfinished="v1.2.0")], ids=["prepared", "resumed"]
    )
    def test_there_is_nothing_to_prepare(self, found: Facts) -> None:
        assert () == plan_prepare(found, (release(found),)).steps


class TestUpdate:
    def test_edits_in_place_and_commits_nothing(self) -> None:
        found = facts(config=HOOKED)
        steps = plan_update(found, (release(found),)).steps

        assert ["RunHook", "Edit", "Edit", "RunHook", "RunHook"] == [
            type(step).__name__ for step in steps
        ]
        assert all(step.in_place for step in steps if isinstance(step, Edit))

    def test_says_the_same_as_a_release_would(self) -> None:
        found = facts()
        update = plan_update(found, (release(found),)).steps
        prepare = plan_prepare(found, (release(found),)).steps

        assert [str(step) for step in prepare[1:-1]] == [str(step) for step in update]


class TestBuild:
    def test_builds_checks_and_records(self) -> None:
        found = facts()

        assert ["Build", "Check", "Record"] == names(plan_build(found, (release(found),), COMMIT))

    def test_takes_what_settings_say(self) -> None:
        config = Config(hooks=HOOKS, publish=PublishConfig(validate_before_publish=False))
        found = facts(config=config, folder="core")
        made = artefacts_of(found, release(found), COMMIT, out=Path("dist"))

        assert ("four", False, "core", Path("dist"), COMMIT) == (
            made.hook,
            made.strict,
            made.folder,
            made.out,
            made.commit,
        )
        assert "1.2.1" == dict(made.variables)["version"]

    def test_hooks_have_the_variables_that_are_documented(self) -> None:
        found = facts(config=HOOKED)
        made = artefacts_of(found, release(found), COMMIT)
        documented = set(re.findall(r"{(\w+)}", HooksConfig.__doc__ or ""))

        assert documented == {*dict(made.variables), "project_path"}

    def test_rules_of_public_indexes_do_not_bind_private_ones(self) -> None:
        private = facts(registry=Registry("ours", "https://index.example/legacy/", None))
        public = facts()

        assert artefacts_of(public, release(public), COMMIT).public
        assert not artefacts_of(private, release(private), COMMIT).public

    def test_what_is_public_cannot_be_given_notes_any_more(self) -> None:
        found, public = facts(), facts(unfinished="v1.2.0")

        assert ("CHANGELOG.md", ChangelogConfig()) == artefacts_of(
            found, release(found), COMMIT
        ).changelog
        assert artefacts_of(public, release(public), EARLIER).changelog is None


class TestPublish:
    def test_nothing_is_pushed_without_a_credential(self) -> None:
        found = facts()
        plan = publish(found, COMMIT)

        assert [
            "Compare",
            "Authenticate",
            "Ask",
            "Attest",
            "Push",
            "Land",
            "Upload",
            "Verify",
        ] == names(plan)

    @pytest.mark.parametrize(
        ("settings", "registry", "expected"),
        [
            ({}, PYPI, [False]),
            ({"attestations": True}, PYPI, [True]),
            ({"attestations": False}, PYPI, []),
            ({}, PRIVATE, []),
            ({"attestations": True}, PRIVATE, [True]),
            ({"sigstore_trust_config": "trust.json"}, PRIVATE, [False]),
            ({"sigstore_trust_config": "trust.json", "attestations": False}, PRIVATE, []),
        ],
    )
    def test_files_are_signed_for_an_index_that_takes_attestations(
        self, settings: dict[str, object], registry: Registry, expected: list[bool]
    ) -> None:
        found = facts(config=Config(publish=PublishConfig(**settings)), registry=registry)
        steps = publish(found, COMMIT).steps

        assert expected == [step.required for step in steps if isinstance(step, Attest)]

    @pytest.mark.parametrize(
        ("registry", "trust"), [(PYPI, None), (TESTPYPI, None), (PRIVATE, "trust.json")]
    )
    def test_a_sigstore_of_ones_own_is_not_used_for_indexes_that_refuse_it(
        self, registry: Registry, trust: str | None
    ) -> None:
        settings = PublishConfig(sigstore_trust_config="trust.json")
        found = facts(config=Config(publish=settings), registry=registry)
        steps = publish(found, COMMIT).steps

        assert [trust, trust] == [step.trust for step in steps if isinstance(step, Attest | Verify)]

    @pytest.mark.parametrize(("registry", "signed"), [(PYPI, True), (PRIVATE, False)])
    def test_the_comparison_knows_where_none_are_made(
        self, registry: Registry, *, signed: bool
    ) -> None:
        found = facts(registry=registry)
        steps = publish(found, COMMIT).steps

        assert [signed] == [step.policy is not None for step in steps if isinstance(step, Compare)]

    def test_hooks_have_their_places(self) -> None:
        found = facts("1.3.0", config=HOOKED)
        plan = publish(found, HEAD)

        assert "run hook pre_release: five" == str(plan.steps[0])
        assert "run hook post_release: six" == str(plan.steps[-1])

    def test_a_new_release_ran_pre_release_before_it_was_prepared(self) -> None:
        found = facts(config=HOOKED)
        plan = publish(found, COMMIT)

        assert not any("pre_release" in str(step) for step in plan.steps)

    @pytest.mark.parametrize(
        "found",
        [
            facts(request=Request(publish=False)),
            facts(config=Config(publish=PublishConfig(enabled=False))),
            facts(
                branch="next",
                config=Config(branches=channels(n=BranchConfig(match="next", publish=False))),
            ),
        ],
        ids=["--skip-publish", "publish.enabled", "branches.publish"],
    )
    def test_without_upload_there_is_only_the_push(self, found: Facts) -> None:
        assert not uploads(found)
        assert ["Push", "Land"] == names(plan_publish(found, (release(found),), COMMIT))

    def test_the_tag_names_the_files(self) -> None:
        found = facts("1.3.0")
        (tag,) = push(found, HEAD).tags

        assert tag.message.startswith("Release v1.3.0\n")
        assert {"demo-1.3.0.tar.gz": "c" * 64} == files_of_tag(tag.message)

    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (facts(), "main"),
            (facts("1.3.0"), "main"),
            (facts("1.3.0", branch=None), None),
            (facts(unfinished="v1.2.0"), None),
        ],
        ids=["new", "prepared", "detached", "resumed"],
    )
    def test_which_branch_moves(self, found: Facts, expected: str | None) -> None:
        assert expected == push(found, EARLIER).branch

    @pytest.mark.parametrize(
        ("branch", "expected"),
        [
            ("main", "bring main and v1.2.0 up to date here"),
            ("topic", "bring v1.2.0 up to date here"),
        ],
    )
    def test_finishing_moves_no_branch_but_those_of_releases(
        self, branch: str, expected: str
    ) -> None:
        found = facts(unfinished="v1.2.0", branch=branch)
        texts = [str(step) for step in plan_publish(found, (release(found),), EARLIER).steps]

        assert expected in texts

    @pytest.mark.parametrize("policy", [True, False, "required"])
    def test_the_policy_reaches_every_step_that_needs_it(self, policy: bool | str) -> None:  # noqa: FBT001 -- a setting's value
        config = Config(publish=PublishConfig(trusted_publishing=policy))
        found = facts(config=config)
        steps = publish(found, COMMIT).steps

        assert [policy, policy] == [
            step.policy.trusted_publishing
            for step in steps
            if isinstance(step, Authenticate | Upload)
        ]

    def test_steps_say_the_same_before_and_after_the_build(self) -> None:
        """
        A preview knows neither commit nor files, and yet shows the lines that are journalled.
        """
        found = facts()
        before = plan_publish(found, (release(found),), None)
        after = publish(found, COMMIT)

        assert [str(step) for step in before.steps] == [str(step) for step in after.steps]
