"""Files of a release on the forge: attached once, compared by digest, never replaced in public."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import Problems
from releasio.errors.forge.answers import ForgeRefused, ForgeUnreachable
from releasio.errors.forge.release import AssetDiffers
from releasio.frozen import replace
from releasio.rules.forge.release_text import with_mark
from releasio.rules.index.registry import Registry
from releasio.steps.forge.attach import Attach
from releasio.steps.forge.attachments import asset_name
from releasio.steps.forge.draft import Draft
from releasio.steps.forge.publish_page import PublishPage
from releasio.steps.step import Blocked, Done, Omitted, Todo
from releasio.world.sigstore.attestation_folder import AttestationFolder
from tests.steps.forge.conftest import TAG, TEXT

if TYPE_CHECKING:
    from tests.steps.forge.conftest import ForgeScene

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"
DONE = Done("every file is there with the same sha256")


def attach(forge: ForgeScene, *patterns: str, sums: bool = True) -> Attach:
    return Attach(forge.page, forge.attachments(*patterns, sums=sums))


def publish(forge: ForgeScene) -> None:
    PublishPage(forge.page).apply(forge.world, forge.run)


class TestDistributions:
    def test_are_attached_with_their_digests(self, forge: ForgeScene) -> None:
        Draft(forge.page).apply(forge.world, forge.run)
        step = attach(forge)

        assert Todo("3 of 3 files are left") == step.probe(forge.world)
        assert step.apply(forge.world, forge.run) is None
        assets = forge.assets()
        sums = "".join(
            f"{hashlib.sha256(assets[name]).hexdigest()}  {name}\n" for name in (WHEEL, SDIST)
        )
        assert (forge.folder / WHEEL).read_bytes() == assets[WHEEL]
        assert sums.encode() == assets["SHA256SUMS"]
        assert DONE == step.probe(forge.world)

    def test_running_twice_is_running_once(self, forge: ForgeScene) -> None:
        attach(forge).apply(forge.world, forge.run)
        before = forge.changes()
        attach(forge).apply(forge.world, forge.run)

        assert before == forge.changes()

    def test_sums_are_left_out_where_nobody_wants_them(self, forge: ForgeScene) -> None:
        attach(forge, sums=False).apply(forge.world, forge.run)

        assert {WHEEL, SDIST} == set(forge.assets())

    def test_the_release_is_made_where_the_draft_could_not_be(self, forge: ForgeScene) -> None:
        attach(forge).apply(forge.world, forge.run)

        assert forge.release().draft
        assert ["repos/create-release", *["repos/upload-release-asset"] * 3] == forge.changes()

    def test_a_preview_tells_what_there_is_besides(self, forge: ForgeScene) -> None:
        forge.repo.write("notes.pdf", "pdf")
        preview = replace(forge.attachments("*.pdf"), files=None, folder=None)

        assert Todo("2 besides those that are built") == Attach(forge.page, preview).probe(
            forge.world
        )

    def test_a_preview_of_what_is_public_tells_what_is_left_by_name(
        self, forge: ForgeScene
    ) -> None:
        named = frozenset({WHEEL, SDIST})
        preview = replace(forge.attachments(), files=None, folder=None, named=named)
        step = Attach(forge.page, preview)
        Draft(forge.page).apply(forge.world, forge.run)

        assert Todo("3 of 3 files are left") == step.probe(forge.world)
        attach(forge).apply(forge.world, forge.run)
        assert Done("files of all names are there") == step.probe(forge.world)

    def test_a_preview_of_a_new_release_does_not_take_a_draft_for_all(
        self, forge: ForgeScene
    ) -> None:
        Draft(forge.page).apply(forge.world, forge.run)
        preview = replace(forge.attachments(), files=None, folder=None)

        assert Todo() == Attach(forge.page, preview).probe(forge.world)

    def test_offline_nobody_is_asked(self, forge: ForgeScene) -> None:
        offline = replace(forge.world, offline=True)

        assert Todo(f"{forge.page.place.name} was not asked") == attach(forge).probe(offline)


class TestOthers:
    def test_patterns_name_files_of_the_project(self, forge: ForgeScene) -> None:
        forge.repo.write("docs/build/manual.pdf", "pdf")
        forge.repo.write("docs/build/deep/manual.txt", "text")
        step = attach(forge, "docs/build/*.pdf", "docs/**/*.txt", "docs/*")
        step.apply(forge.world, forge.run)

        assert {WHEEL, SDIST, "manual.pdf", "manual.txt", "SHA256SUMS"} == set(forge.assets())
        assert b"manual.pdf\n" in forge.assets()["SHA256SUMS"]

    def test_a_pattern_without_a_file_is_said_at_the_end(self, forge: ForgeScene) -> None:
        attach(forge, "*.zip").apply(forge.world, forge.run)

        assert [
            "no file matches *.zip (github.release_assets): nothing of it is attached"
        ] == forge.run.afterwards

    def test_a_distribution_comes_before_a_file_of_its_name(self, forge: ForgeScene) -> None:
        """`dist/*` may be set, and what lies there is of another build."""
        forge.repo.write(f"dist/{WHEEL}", "of yesterday")
        attach(forge, "dist/*").apply(forge.world, forge.run)

        assert (forge.folder / WHEEL).read_bytes() == forge.assets()[WHEEL]
        assert 3 == len(forge.assets())

    def test_two_files_of_one_name_stop_the_release_in_time(self, forge: ForgeScene) -> None:
        forge.repo.write("a/manual.pdf", "a")
        forge.repo.write("b/manual.pdf", "b")
        state = attach(forge, "*/manual.pdf").probe(forge.world)

        assert isinstance(state, Blocked)
        assert (
            "a/manual.pdf and b/manual.pdf would all be attached as manual.pdf",
            "Rename one, or let github.release_assets match one only.",
        ) == (str(state.error), state.error.hint)

    def test_nothing_outside_the_project_is_attached(
        self, forge: ForgeScene, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        """A link in what is built may lead anywhere, and `.git/config` has a job's token."""
        outside = tmp_path_factory.mktemp("home")
        (outside / "secret.txt").write_text("secret", encoding="utf-8")
        forge.repo.write("out/own.txt", "own")
        (forge.repo.path / "out/linked").symlink_to(outside, target_is_directory=True)
        (forge.repo.path / "out/link.txt").symlink_to(outside / "secret.txt")
        patterns = ("out/**", str(outside / "*"), ".git/config", ".git/**/*")
        attach(forge, *patterns).apply(forge.world, forge.run)

        assert {WHEEL, SDIST, "own.txt", "SHA256SUMS"} == set(forge.assets())

    def test_an_empty_file_is_left_out_and_said(self, forge: ForgeScene) -> None:
        forge.repo.write("out/empty.txt", "")
        forge.repo.write("out/full.txt", "full")
        step = attach(forge, "out/*")
        step.apply(forge.world, forge.run)

        assert {WHEEL, SDIST, "full.txt", "SHA256SUMS"} == set(forge.assets())
        assert [
            "out/empty.txt is empty (github.release_assets): no release takes such a file"
        ] == forge.run.afterwards
        assert DONE == step.probe(forge.world)

    def test_the_list_of_digests_comes_before_a_file_of_its_name(self, forge: ForgeScene) -> None:
        forge.repo.write("out/SHA256SUMS", "of somebody")
        step = attach(forge, "out/*")
        step.apply(forge.world, forge.run)

        assert WHEEL.encode() in forge.assets()["SHA256SUMS"]
        assert DONE == step.probe(forge.world)

    def test_a_list_of_digests_of_ones_own_is_attached_where_ours_is_not(
        self, forge: ForgeScene
    ) -> None:
        forge.repo.write("out/SHA256SUMS", "of somebody")
        attach(forge, "out/*", sums=False).apply(forge.world, forge.run)

        assert b"of somebody" == forge.assets()["SHA256SUMS"]

    def test_an_attestation_of_ours_comes_before_a_file_of_its_name(
        self, forge: ForgeScene
    ) -> None:
        registry = Registry("pypi", "https://example.org/legacy/", None)
        AttestationFolder.of(forge.world.state, TAG, registry).write(WHEEL, '{"version": 1}')
        forge.repo.write(f"dist/{WHEEL}.publish.attestation", "of yesterday")
        files = replace(forge.attachments("dist/*"), registries=(registry,))
        step = Attach(forge.page, files)
        step.apply(forge.world, forge.run)

        assert b'{"version": 1}' == forge.assets()[f"{WHEEL}.publish.attestation"]
        assert DONE == step.probe(forge.world)

    def test_attestations_go_along(self, forge: ForgeScene) -> None:
        registry = Registry("pypi", "https://example.org/legacy/", None)
        AttestationFolder.of(forge.world.state, TAG, registry).write(WHEEL, '{"version": 1}')
        files = replace(forge.attachments(), registries=(registry,))
        Attach(forge.page, files).apply(forge.world, forge.run)

        assert b'{"version": 1}' == forge.assets()[f"{WHEEL}.publish.attestation"]
        assert b"attestation" not in forge.assets()["SHA256SUMS"]

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("manual.pdf", "manual.pdf"),
            ("the manual (new).pdf", "the.manual.new.pdf"),
            ("ünï.txt", "n.txt"),
            ("a..b", "a.b"),
            (".hidden", "hidden"),
            ("é", "file"),
        ],
    )
    def test_names_are_those_that_the_forge_keeps(self, name: str, expected: str) -> None:
        assert expected == asset_name(name)

    def test_a_name_that_the_forge_changes_is_found_again(self, forge: ForgeScene) -> None:
        forge.repo.write("the manual.pdf", "pdf")
        step = attach(forge, "*.pdf")
        step.apply(forge.world, forge.run)

        assert DONE == step.probe(forge.world)


class TestWhatIsThere:
    def test_a_file_that_was_cut_off_is_sent_again(self, forge: ForgeScene) -> None:
        attach(forge).apply(forge.world, forge.run)
        cut = next(asset for asset in forge.release().assets if asset.name == WHEEL)
        cut.state, cut.data = "starter", b""
        step = attach(forge)

        assert Todo("1 of 3 files are left") == step.probe(forge.world)
        step.apply(forge.world, forge.run)
        assert (forge.folder / WHEEL).read_bytes() == forge.assets()[WHEEL]

    def test_another_file_of_a_draft_of_ours_is_replaced(self, forge: ForgeScene) -> None:
        attach(forge).apply(forge.world, forge.run)
        (forge.folder / WHEEL).write_bytes(b"built anew")
        attach(forge).apply(forge.world, forge.run)

        assert b"built anew" == forge.assets()[WHEEL]
        assert hashlib.sha256(b"built anew").hexdigest().encode() in forge.assets()["SHA256SUMS"]

    @pytest.mark.parametrize("kind", ["published", "a person's draft"])
    def test_what_people_may_have_is_never_replaced(self, forge: ForgeScene, kind: str) -> None:
        if kind == "published":
            attach(forge).apply(forge.world, forge.run)
            publish(forge)
        else:
            human = replace(TEXT, body="Read this first.")
            forge.page.forge(forge.world).create_release(human)
            attach(forge).apply(forge.world, forge.run)
        there = hashlib.sha256((forge.folder / WHEEL).read_bytes()).hexdigest()
        (forge.folder / WHEEL).write_bytes(b"built anew")
        here = hashlib.sha256(b"built anew").hexdigest()
        step = attach(forge)
        sentence = (
            f"{WHEEL} of the release v1.0 on {forge.page.place.name} has sha256 {there}, and here "
            f"it has {here}"
        )

        assert Todo(sentence) == step.probe(forge.world)
        with pytest.raises(AssetDiffers) as refusal:
            step.apply(forge.world, forge.run)
        assert sentence == str(refusal.value)
        assert "delete it at http://" in refusal.value.hint
        assert b"built anew" != forge.assets()[WHEEL]

    def test_a_published_release_gets_what_it_lacks(self, forge: ForgeScene) -> None:
        """Somebody made it by hand, with the button of the web page."""
        client = forge.page.forge(forge.world)
        human = replace(TEXT, title="The big one", body="By hand.")
        client.publish_release(client.create_release(human), human)
        attach(forge).apply(forge.world, forge.run)

        assert {WHEEL, SDIST, "SHA256SUMS"} == set(forge.assets())
        assert ("The big one", "By hand.", False) == (
            forge.release().name,
            forge.release().body,
            forge.release().draft,
        )

    def test_sums_that_somebody_published_stay(self, forge: ForgeScene) -> None:
        attach(forge).apply(forge.world, forge.run)
        publish(forge)
        sums = next(one for one in forge.release().assets if one.name == "SHA256SUMS")
        sums.data, sums.digest = b"mine", f"sha256:{hashlib.sha256(b'mine').hexdigest()}"

        assert DONE == attach(forge).probe(forge.world)

    def test_an_immutable_release_goes_without_and_says_so(self, forge: ForgeScene) -> None:
        forge.github.settings.immutable_releases = True
        publish(forge)
        step, lacking = attach(forge), f"{WHEEL}, {SDIST} and SHA256SUMS"

        assert Omitted(f"it is immutable, and goes without {lacking}") == step.probe(forge.world)
        assert Omitted(f"it is immutable, and goes without {lacking}") == step.apply(
            forge.world, forge.run
        )
        name = forge.page.place.name
        assert [f"v1.0 on {name} is immutable: it goes without {lacking}"] == forge.run.afterwards
        assert {} == forge.assets()


class TestTrouble:
    def test_a_file_that_is_refused_does_not_hold_up_the_others(self, forge: ForgeScene) -> None:
        forge.github.fail("422-before", "repos/upload-release-asset")
        with pytest.raises(ForgeRefused):
            attach(forge).apply(forge.world, forge.run)

        assert 2 == len(forge.assets())
        attach(forge).apply(forge.world, forge.run)
        assert 3 == len(forge.assets())

    def test_of_several_refusals_each_is_told(self, forge: ForgeScene) -> None:
        forge.github.fail("422-before", "repos/upload-release-asset", times=3)
        with pytest.raises(Problems) as refusal:
            attach(forge).apply(forge.world, forge.run)

        assert 3 == len(refusal.value.problems)

    def test_a_forge_that_goes_down_is_not_asked_for_each_file(self, forge: ForgeScene) -> None:
        Draft(forge.page).apply(forge.world, forge.run)
        forge.github.go_down("repos/upload-release-asset")
        with pytest.raises(ForgeUnreachable):
            attach(forge).apply(forge.world, forge.run)

        assert {} == forge.assets()
        assert isinstance(attach(forge).probe(forge.world), Todo)

    def test_one_that_does_not_answer_blocks_nothing_before_the_upload(
        self, forge: ForgeScene
    ) -> None:
        forge.github.go_down()
        state = attach(forge).probe(forge.world)

        assert isinstance(state, Todo)
        assert "gave no usable answer" in state.detail

    def test_a_file_that_another_run_attached_meanwhile_is_fine(self, forge: ForgeScene) -> None:
        client = forge.page.forge(forge.world)
        release = client.create_release(with_mark(TEXT))
        # the answer is lost, and the file arrived
        forge.github.fail("502-after", "repos/upload-release-asset")
        attach(forge).apply(forge.world, forge.run)

        assert 3 == len(forge.assets())
        assert release.id == str(forge.release().id)
