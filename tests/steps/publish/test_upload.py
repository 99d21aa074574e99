from __future__ import annotations

import zipfile
from dataclasses import replace as evolve
from typing import TYPE_CHECKING, Literal

import pytest

from releasio.errors.base import Problems
from releasio.errors.index.answers import IndexUnreachable, UploadForbidden, UploadRefused
from releasio.errors.index.release import FileDiffers, NotAsTagged, VersionOnIndex
from releasio.frozen import replace
from releasio.rules.credentials.policy import Policy
from releasio.steps.publish.authenticate import Authenticate
from releasio.steps.publish.delivery import Delivery
from releasio.steps.publish.upload import Upload
from releasio.steps.step import Blocked, Done, Todo
from releasio.world.build.dist_folder import built_file
from releasio.world.build.metadata import upload_fields
from tests.fakes.wheels import sdist, sha256, wheel

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.rules.credentials.credential import Credential
    from tests.steps.index_scene import IndexScene

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"


def upload_of(shop: IndexScene) -> Upload:
    return Upload(shop.delivery(), policy=Policy())


def put_there(shop: IndexScene, *names: str) -> None:
    """Upload some of the files beforehand."""
    aside = {path: path.read_bytes() for path in shop.folder.iterdir() if path.name not in names}
    for path in aside:
        path.unlink()
    shop.hold_token()
    upload_of(shop).apply(shop.world, shop.run)
    for path, content in aside.items():
        path.write_bytes(content)


def postdate(path: Path) -> None:
    """Write the wheel at *path* again with the same contents and later time stamps."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, (2030, 1, 1, 0, 0, 0))
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)


class TestUpload:
    def test_is_known_to_the_journal_by_its_address(self, shop: IndexScene) -> None:
        assert f"upload:{shop.index.upload_url}" == upload_of(shop).mark

    def test_says_what_goes_where(self, shop: IndexScene) -> None:
        assert f"upload demo 1.0 to rehearsal ({shop.index.upload_url})" == str(upload_of(shop))

    def test_to_do_then_done(self, shop: IndexScene) -> None:
        shop.hold_token()
        step = upload_of(shop)
        before = step.probe(shop.world)
        step.apply(shop.world, shop.run)

        assert Todo("2 of 2 files are left") == before
        assert Done("every file is on the index with the same sha256") == step.probe(shop.world)

    def test_the_index_has_the_very_bytes(self, shop: IndexScene) -> None:
        shop.hold_token()
        upload_of(shop).apply(shop.world, shop.run)

        expected = {name: sha256(shop.folder / name) for name in (WHEEL, SDIST)}
        assert expected == shop.index.files("demo")

    def test_twice_is_once(self, shop: IndexScene) -> None:
        shop.hold_token()
        upload_of(shop).apply(shop.world, shop.run)
        upload_of(shop).apply(shop.world, shop.run)

        assert 2 == sum(asked.startswith("POST") for asked in shop.asked())

    def test_goes_on_where_an_earlier_run_stopped(self, shop: IndexScene) -> None:
        put_there(shop, SDIST)
        step = upload_of(shop)
        before = step.probe(shop.world)
        step.apply(shop.world, shop.run)

        assert Todo("1 of 2 files are left") == before
        assert [SDIST, WHEEL] == list(shop.index.files("demo"))

    def test_offline_the_index_is_not_asked(self, shop: IndexScene) -> None:
        shop.world = replace(shop.world, offline=True)

        assert Todo("the index was not asked") == upload_of(shop).probe(shop.world)
        assert [] == shop.asked()

    def test_needs_built_files(self, shop: IndexScene) -> None:
        with pytest.raises(RuntimeError, match="an upload needs built files"):
            Upload(shop.foreseen(), policy=Policy()).apply(shop.world, shop.run)


class TestOtherBytes:
    def test_block_the_upload_with_both_hashes(self, shop: IndexScene) -> None:
        put_there(shop, WHEEL)
        there = sha256(shop.folder / WHEEL)
        wheel(shop.folder, text="OTHER = True\n")
        step = upload_of(shop)

        with pytest.raises(FileDiffers) as caught:
            step.probe(shop.world)

        here = sha256(shop.folder / WHEEL)
        assert (
            f"{WHEEL} on rehearsal has sha256 {there}, the one here has {here}; "
            "demo-1.0.dist-info/RECORD (content), demo.py (content)"
        ) == str(caught.value)
        assert (
            "A file on an index is never replaced, so 1.0 cannot be finished on rehearsal, and by "
            "itself releasio would try again. Go on with the next version: releasio release "
            "--version 1.0.1 --execute. What a build changes from one time to the next: releasio "
            "build --check-reproducible"
        ) == caught.value.hint

    def test_of_time_stamps_alone_are_said_to_be(self, shop: IndexScene) -> None:
        put_there(shop, WHEEL)
        postdate(shop.folder / WHEEL)

        with pytest.raises(FileDiffers) as caught:
            upload_of(shop).probe(shop.world)

        assert str(caught.value).endswith(
            "; only time stamps inside differ: demo-1.0.dist-info/METADATA, "
            "demo-1.0.dist-info/RECORD, demo-1.0.dist-info/WHEEL and 1 more"
        )

    def test_block_the_upload_also_where_the_index_does_not_give_its_file(
        self, shop: IndexScene
    ) -> None:
        put_there(shop, WHEEL)
        wheel(shop.folder, text="OTHER = True\n")
        shop.index.fail(on="file", how="404-before")

        with pytest.raises(FileDiffers) as caught:
            upload_of(shop).probe(shop.world)

        here = sha256(shop.folder / WHEEL)
        assert str(caught.value).endswith(f"the one here has {here}")
        assert caught.value.hint.endswith(": releasio release --version 1.0.1 --execute")

    def test_of_several_files_are_all_told(self, shop: IndexScene) -> None:
        put_there(shop, WHEEL, SDIST)
        wheel(shop.folder, text="OTHER = True\n")
        (shop.folder / SDIST).write_bytes(b"other")

        with pytest.raises(Problems) as caught:
            upload_of(shop).probe(shop.world)

        said = [str(error) for error in caught.value.problems]
        assert [f"{name} on rehearsal has sha256 " for name in (WHEEL, SDIST)] == [
            line.partition("sha256 ")[0] + "sha256 " for line in said
        ]

    def test_are_never_sent(self, shop: IndexScene) -> None:
        put_there(shop, WHEEL)
        before = shop.index.files("demo")
        wheel(shop.folder, text="OTHER = True\n")

        with pytest.raises(FileDiffers):
            upload_of(shop).apply(shop.world, shop.run)

        assert before == shop.index.files("demo")


class TestOtherThanTagged:
    @pytest.mark.parametrize(
        ("named", "says"),
        [
            ({WHEEL: "0" * 64}, f"has sha256 {'0' * 64} in the tag"),
            ({}, "is not named in the tag"),
        ],
        ids=["another hash", "another name"],
    )
    def test_blocks_the_upload(self, shop: IndexScene, named: dict[str, str], says: str) -> None:
        built, named = shop.delivery(), {**named, SDIST: sha256(shop.folder / SDIST)}
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        with pytest.raises(NotAsTagged) as caught:
            Upload(delivery, policy=Policy()).probe(shop.world)

        here = sha256(shop.folder / WHEEL)
        assert f"{WHEEL} {says}, but was built with {here}" == str(caught.value)
        assert (
            "Finish the release with the files that the tag names. If releasio built them: where "
            "it was begun, for they are kept in that clone, in .git/releasio. If they were built "
            "elsewhere: give the very same ones again, releasio publish FOLDER --execute. If "
            "nobody has them any more, go on with the next version, "
            "releasio release --version 1.0.1 --execute"
        ) == caught.value.hint

    def test_names_all_that_is_other(self, shop: IndexScene) -> None:
        built = shop.delivery()
        named = {WHEEL: "0" * 64, SDIST: "0" * 64, "demo-1.0.zip": "0" * 64}
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        with pytest.raises(Problems) as caught:
            Upload(delivery, policy=Policy()).probe(shop.world)

        kinds = [(type(error), str(error).split()[0]) for error in caught.value.problems]
        assert [(NotAsTagged, name) for name in (WHEEL, SDIST, "demo-1.0.zip")] == kinds

    def test_blocks_when_less_was_built_than_the_tag_names(self, shop: IndexScene) -> None:
        named = {name: sha256(shop.folder / name) for name in (WHEEL, SDIST)}
        (shop.folder / WHEEL).unlink()
        built = shop.delivery()
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        with pytest.raises(NotAsTagged) as caught:
            Upload(delivery, policy=Policy()).probe(shop.world)

        assert f"{WHEEL} has sha256 {named[WHEEL]} in the tag, but was not built" == str(
            caught.value
        )

    def test_needs_no_file_again_that_is_on_the_index(self, shop: IndexScene) -> None:
        named = {name: sha256(shop.folder / name) for name in (WHEEL, SDIST)}
        put_there(shop, WHEEL)
        (shop.folder / WHEEL).unlink()
        built = shop.delivery()
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        assert Todo("1 of 1 files are left") == Upload(delivery, policy=Policy()).probe(shop.world)

    def test_never_concerns_what_the_tag_names(self, shop: IndexScene) -> None:
        built = shop.delivery()
        named = {name: sha256(shop.folder / name) for name in (WHEEL, SDIST)}
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        assert Todo("2 of 2 files are left") == Upload(delivery, policy=Policy()).probe(shop.world)


class TestForecast:
    def test_a_version_that_is_free(self, shop: IndexScene) -> None:
        step = Upload(shop.foreseen(), policy=Policy())

        assert Todo("1.0 is free on rehearsal") == step.probe(shop.world)

    def test_all_files_of_other_bytes_are_told(self, shop: IndexScene) -> None:
        put_there(shop, WHEEL, SDIST)
        named = {WHEEL: "0" * 64, SDIST: "1" * 64}
        delivery = Delivery(shop.registry, "demo", "1.0", named=named)
        state = Upload(delivery, policy=Policy()).probe(shop.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, Problems)
        assert {WHEEL, SDIST} == {str(error).split()[0] for error in state.error.problems}

    def test_a_version_that_is_taken(self, shop: IndexScene) -> None:
        put_there(shop, SDIST)
        state = Upload(shop.foreseen(), policy=Policy()).probe(shop.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, VersionOnIndex)
        assert "demo 1.0 is on rehearsal already, with 1 file" == str(state.error)
        assert "choose the next version with --version" in state.error.hint

    @pytest.mark.parametrize(
        ("status", "said", "advice"),
        [
            ("archived", "takes no more files of it", "An owner can make it active again."),
            (
                "quarantined",
                "shows none of its files to anybody",
                "Only the administrators of rehearsal can end that",
            ),
        ],
    )
    @pytest.mark.parametrize("built", [False, True], ids=["foreseen", "built"])
    def test_a_project_that_takes_no_files_stops_before_anything_is_pushed(
        self,
        shop: IndexScene,
        status: Literal["archived", "quarantined"],
        said: str,
        advice: str,
        built: bool,  # noqa: FBT001
    ) -> None:
        put_there(shop, SDIST)
        shop.index.delete_file(SDIST)
        shop.index.set_status("demo", status)
        delivery = shop.delivery() if built else shop.foreseen()
        state = Upload(delivery, policy=Policy()).probe(shop.world)

        assert isinstance(state, Blocked)
        assert f"demo is {status} on rehearsal, which {said}" == str(state.error)
        assert advice in state.error.hint

    def test_what_is_there_already_needs_no_open_project(self, shop: IndexScene) -> None:
        put_there(shop, SDIST, WHEEL)
        shop.index.set_status("demo", "archived")
        state = upload_of(shop).probe(shop.world)

        assert Done("every file is on the index with the same sha256") == state

    def test_another_version_does_not_count(self, shop: IndexScene, tmp_path: Path) -> None:
        old = tmp_path / "old"
        old.mkdir()
        sdist(old, version="0.9")
        shop.hold_token()
        elder = evolve(shop, folder=old)
        Upload(elder.delivery(), policy=Policy()).apply(shop.world, shop.run)

        assert Todo("1.0 is free on rehearsal") == Upload(shop.foreseen(), policy=Policy()).probe(
            shop.world
        )

    def test_a_newer_release_is_told(self, shop: IndexScene, tmp_path: Path) -> None:
        """As where the clone is old, or another branch has released since."""
        for version in ("1.2", "1.10rc1"):
            folder = tmp_path / version
            folder.mkdir()
            sdist(folder, version=version)
            shop.hold_token()
            newer = evolve(shop, folder=folder)
            Upload(newer.delivery(), policy=Policy()).apply(shop.world, shop.run)

        expected = "1.0 is free on rehearsal, whose newest release is 1.2"
        assert Todo(expected) == Upload(shop.foreseen(), policy=Policy()).probe(shop.world)


class TestMintedToken:
    @pytest.fixture
    def minted(self, shop: IndexScene) -> Credential:
        """Let the world hold a token of trusted publishing, and return it."""
        shop.index.trust("demo", repository="acme/demo", workflow="release.yml")
        job = shop.index.issuer.job(repository="acme/demo", workflow="release.yml")
        shop.world = replace(shop.world, env={**shop.world.env, **job})
        Authenticate(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)
        return shop.run.credentials[shop.registry]

    def assert_worthless(self, shop: IndexScene, minted: Credential) -> None:
        path = shop.folder / WHEEL
        index = shop.world.index(shop.registry)
        with pytest.raises(UploadForbidden, match="Invalid or non-existent authentication"):
            index.upload(path, upload_fields(path), lambda _: minted, sha256=sha256(path))

    def test_works_no_more_once_everything_is_uploaded(
        self, shop: IndexScene, minted: Credential
    ) -> None:
        upload_of(shop).apply(shop.world, shop.run)

        self.assert_worthless(shop, minted)
        assert "POST /_/oidc/burn-token" == shop.asked()[-2]

    def test_nor_after_an_upload_that_was_refused(
        self, shop: IndexScene, minted: Credential
    ) -> None:
        shop.index.fail(on="upload", how="uploads-off")
        with pytest.raises(UploadRefused):
            upload_of(shop).apply(shop.world, shop.run)

        self.assert_worthless(shop, minted)

    def test_nor_when_a_run_ends_before_it_came_to_the_upload(
        self, shop: IndexScene, minted: Credential
    ) -> None:
        shop.run.close()

        self.assert_worthless(shop, minted)

    def test_is_given_back_once(self, shop: IndexScene, minted: Credential) -> None:
        upload_of(shop).apply(shop.world, shop.run)
        shop.run.close()

        assert 1 == shop.asked().count("POST /_/oidc/burn-token")
        assert minted.source == shop.run.credentials[shop.registry].source

    def test_is_obtained_anew_for_an_upload_after_that(
        self, shop: IndexScene, minted: Credential
    ) -> None:
        shop.run.give_back(shop.registry)
        upload_of(shop).apply(shop.world, shop.run)

        assert minted != shop.run.credentials[shop.registry]
        assert {WHEEL, SDIST} == set(shop.index.files("demo"))

    def test_an_index_that_takes_none_back_has_the_files_all_the_same(
        self, shop: IndexScene, minted: Credential
    ) -> None:
        shop.index.fail(on="burn", how="503-before")
        upload_of(shop).apply(shop.world, shop.run)

        assert {WHEEL, SDIST} == set(shop.index.files("demo"))
        assert minted.trusted

    def test_of_a_person_is_never_given_back(self, shop: IndexScene) -> None:
        shop.hold_token()
        upload_of(shop).apply(shop.world, shop.run)
        shop.run.close()

        assert "POST /_/oidc/burn-token" not in shop.asked()


class TestUploadFails:
    def test_a_token_that_is_not_taken_leaves_the_index_as_it_was(self, shop: IndexScene) -> None:
        token = shop.token()
        shop.index.delete_token(token)
        shop.hold_token(token)

        with pytest.raises(UploadForbidden) as caught:
            upload_of(shop).apply(shop.world, shop.run)

        assert [] == shop.index.projects()
        assert token not in f"{caught.value} {caught.value.hint}"

    def test_an_index_that_fails_once_is_asked_again(self, shop: IndexScene) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how="503-before")
        upload_of(shop).apply(shop.world, shop.run)

        assert {WHEEL, SDIST} == set(shop.index.files("demo"))

    def test_an_answer_that_was_lost_does_no_harm(self, shop: IndexScene) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how="reset-after")
        upload_of(shop).apply(shop.world, shop.run)

        assert {WHEEL, SDIST} == set(shop.index.files("demo"))

    @pytest.mark.parametrize("how", ["500-after", "reset-after", "500-before"])
    def test_what_is_there_without_a_confirmation_is_not_called_absent(
        self, shop: IndexScene, how: str
    ) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how=how, times=9)
        with pytest.raises(IndexUnreachable):
            upload_of(shop).apply(shop.world, shop.run)

        assert (
            f"rehearsal is not known to have {WHEEL} (sent whole, and never confirmed); {SDIST} is "
            "left." == shop.run.uploads[shop.registry, "demo"].words
        )

    @pytest.mark.parametrize("how", ["400-before", "403-before"])
    def test_what_was_refused_is_not_there(self, shop: IndexScene, how: str) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how=how, times=9)
        with pytest.raises(UploadRefused):
            upload_of(shop).apply(shop.world, shop.run)

        assert "rehearsal has none of the 2 files." == shop.run.uploads[shop.registry, "demo"].words

    def test_of_two_projects_on_one_index_both_are_known(self, shop: IndexScene) -> None:
        shop.hold_token()
        upload = upload_of(shop)
        folder = shop.folder.with_name("other")
        folder.mkdir()
        path = wheel(folder, "other")
        files = (built_file(path),)
        delivery = replace(upload.delivery, project="other", files=files, folder=folder)
        upload.apply(shop.world, shop.run)
        replace(upload, delivery=delivery).apply(shop.world, shop.run)

        told = {project: tally.words for (_, project), tally in shop.run.uploads.items()}
        assert {
            "demo": "rehearsal has all 2 files.",
            "other": f"rehearsal has {path.name}.",
        } == told
