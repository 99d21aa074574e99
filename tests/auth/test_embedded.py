"""The chain and the upload over real sockets, against the embedded index and its issuer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

import pytest

from releasio.auth.chain import obtain
from releasio.errors.auth.credential import NoCredential
from releasio.errors.index.answers import UploadForbidden, UploadRefused
from releasio.errors.index.release import FileDiffers
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.policy import Policy
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.world.build.metadata import upload_fields
from releasio.world.ci.ci import token_variable
from releasio.world.http.client import new_client
from releasio.world.index.index import Index
from tests.embedded.index import EmbeddedIndex
from tests.fakes.screen import Quiet
from tests.fakes.wheels import sdist, sha256, wheel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from releasio.world.world import World

REPOSITORY = "acme/widgets"


class Laptop:
    """Our side of the wire: the environment, and a client with short time-outs."""

    credential: Credential | None = None

    def __init__(self, embedded: EmbeddedIndex, env: Mapping[str, str]) -> None:
        self.registry = Registry("rehearsal", embedded.upload_url, embedded.simple_url)
        self.env = env
        self.screen = Quiet()
        self.pauses: list[float] = []
        self._index = Index(
            self.registry,
            new_client(env, timeout=5),
            clock=self.clock,
            sleep=self.pauses.append,
            screen=self.screen,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._index.close()

    def clock(self) -> datetime:
        return datetime.now(UTC)

    def index(self, _registry: Registry) -> Index:
        return self._index

    def obtain(self) -> Credential:
        world: World = self  # type: ignore[assignment]
        return obtain(world, self.registry, policy=Policy(), project="demo").credential

    def upload(self, file: Path, credential: Credential | None = None) -> None:
        shown = credential or self.obtain()
        self._index.upload(file, upload_fields(file), lambda _: shown, sha256=sha256(file))


@pytest.fixture
def embedded() -> Iterator[EmbeddedIndex]:
    with EmbeddedIndex() as index:
        yield index


@pytest.fixture
def laptop(embedded: EmbeddedIndex, tmp_path: Path) -> Iterator[Laptop]:
    embedded.trust("demo", repository=REPOSITORY, workflow="release.yml", environment="release")
    job = embedded.issuer.job(repository=REPOSITORY, environment="release")
    made = Laptop(embedded, {**job, "HOME": str(tmp_path)})
    with made:
        yield made


class TestFromGitLab:
    @pytest.fixture
    def job(self, embedded: EmbeddedIndex, tmp_path: Path) -> Iterator[Laptop]:
        embedded.trust_gitlab("demo", repository="tools/widgets", environment="release")
        job = embedded.gitlab.job(project="tools/widgets", environment="release")
        with Laptop(embedded, {**job, "HOME": str(tmp_path)}) as made:
            yield made

    def test_files_get_to_the_index(
        self, embedded: EmbeddedIndex, job: Laptop, tmp_path: Path
    ) -> None:
        credential = job.obtain()
        files = [wheel(tmp_path), sdist(tmp_path)]
        for file in files:
            job.upload(file, credential)

        assert {file.name: sha256(file) for file in files} == embedded.files("demo")

    @pytest.mark.parametrize("how", ["reset-after", "502-after"])
    def test_an_identity_that_may_be_used_up_needs_another_job(
        self, embedded: EmbeddedIndex, job: Laptop, how: str
    ) -> None:
        embedded.fail(on="mint", how=how)

        with pytest.raises(NoCredential) as caught:
            job.obtain()

        variable = token_variable(embedded.audience)
        told = f"the one in {variable} may have been used up by a try that got no answer"
        assert told in str(caught.value)
        assert caught.value.hint.startswith("Run the job again: each run gets a fresh identity.")

    def test_another_project_is_told_what_the_index_compared(
        self, embedded: EmbeddedIndex, tmp_path: Path
    ) -> None:
        embedded.trust_gitlab("demo", repository="tools/widgets")
        env = {**embedded.gitlab.job(project="tools/fork"), "HOME": str(tmp_path)}

        with Laptop(embedded, env) as job, pytest.raises(NoCredential) as caught:
            job.obtain()

        assert "Publisher with matching claims was not found" in str(caught.value)


class TestByTrustedPublishing:
    def test_files_get_to_the_index_and_are_seen(
        self, embedded: EmbeddedIndex, laptop: Laptop, tmp_path: Path
    ) -> None:
        files = [wheel(tmp_path), sdist(tmp_path)]
        credential = laptop.obtain()

        for file in files:
            laptop.upload(file, credential)

        expected = {file.name: sha256(file) for file in files}
        assert expected == embedded.files("demo")
        index = laptop.index(laptop.registry)
        assert index.wait_until_visible("demo", "1.0", expected, 0).complete

    def test_the_first_release_goes_by_a_pending_publisher(
        self, embedded: EmbeddedIndex, tmp_path: Path
    ) -> None:
        embedded.expect("demo", repository=REPOSITORY, workflow="release.yml")
        laptop = Laptop(embedded, embedded.issuer.job(repository=REPOSITORY))

        with laptop:
            laptop.upload(wheel(tmp_path))

        assert [*embedded.files("demo")] == ["demo-1.0-py3-none-any.whl"]

    def test_the_displayed_name_is_the_metadatas_own(
        self, embedded: EmbeddedIndex, tmp_path: Path
    ) -> None:
        embedded.expect("Some_Thing", repository=REPOSITORY, workflow="release.yml")
        laptop = Laptop(embedded, embedded.issuer.job(repository=REPOSITORY))

        with laptop:
            laptop.upload(wheel(tmp_path, "Some_Thing"))

        assert embedded.projects() == ["Some_Thing"]

    @pytest.mark.parametrize(
        "on_how",
        [
            *[("audience", how) for how in ("503-before", "reset-before", "429")],
            *[("oidc", how) for how in ("500-before", "reset-before", "reset-after")],
            *[("mint", how) for how in ("503-before", "503-after", "reset-before", "reset-after")],
            *[("upload", how) for how in ("502-before", "502-after", "429")],
            *[("upload", how) for how in ("reset-before", "reset-middle", "reset-after")],
            *[("simple", how) for how in ("503-before", "reset-before", "429")],
        ],
        ids=" ".join,
    )
    def test_no_single_fault_is_the_end(
        self, embedded: EmbeddedIndex, laptop: Laptop, tmp_path: Path, on_how: tuple[str, str]
    ) -> None:
        on, how = on_how
        embedded.fail(on=on, how=how)
        file = wheel(tmp_path, text="#" * 2_000_000)
        expected = {file.name: sha256(file)}

        laptop.upload(file)
        index = laptop.index(laptop.registry)
        seen = index.wait_until_visible("demo", "1.0", expected, 0)

        assert seen.complete
        assert expected == embedded.files("demo")
        assert len(laptop.pauses) == 1

    def test_the_claims_are_shown_beside_what_the_publisher_must_be(
        self, embedded: EmbeddedIndex, tmp_path: Path
    ) -> None:
        embedded.trust("demo", repository=REPOSITORY, workflow="other.yml")
        job = embedded.issuer.job(repository=REPOSITORY, environment="release")
        laptop = Laptop(embedded, {**job, "HOME": str(tmp_path)})

        with laptop, pytest.raises(NoCredential) as caught:
            laptop.obtain()

        assert "[publisher-unknown]" in str(caught.value)
        assert "\n  Workflow name     release.yml" in str(caught.value)
        assert "upper and lower case count" in caught.value.hint

    @pytest.mark.parametrize(
        ("switch", "words"),
        [
            ("absent", "does not offer trusted publishing (it answered 404)"),
            ("disabled", "has switched trusted publishing off"),
        ],
    )
    def test_an_index_without_it_is_told_from_one_that_switched_it_off(
        self, tmp_path: Path, switch: str, words: str
    ) -> None:
        with EmbeddedIndex(trusted_publishing=switch) as embedded:  # type: ignore[arg-type]
            job = embedded.issuer.job(repository=REPOSITORY)
            laptop = Laptop(embedded, {**job, "HOME": str(tmp_path)})
            with laptop, pytest.raises(NoCredential) as caught:
                laptop.obtain()

        assert words in str(caught.value)


class TestByToken:
    def test_a_token_of_this_index_is_taken(self, embedded: EmbeddedIndex, tmp_path: Path) -> None:
        laptop = Laptop(embedded, {"RELEASIO_TOKEN": embedded.user_token()})

        with laptop:
            laptop.upload(wheel(tmp_path))

        assert [*embedded.files("demo")] == ["demo-1.0-py3-none-any.whl"]

    def test_a_token_that_is_not_known_is_refused_with_a_remedy(
        self, laptop: Laptop, tmp_path: Path
    ) -> None:
        token = Secret("a-token-of-nobody")

        with pytest.raises(UploadForbidden) as caught:
            laptop.upload(wheel(tmp_path), Credential("__token__", token, "test"))

        assert "Invalid or non-existent authentication information" in str(caught.value)
        assert caught.value.hint.startswith("The token is not known to this index")


class TestTheSameNameAgain:
    def test_with_the_same_bytes_is_fine(
        self, embedded: EmbeddedIndex, laptop: Laptop, tmp_path: Path
    ) -> None:
        file = wheel(tmp_path)

        laptop.upload(file)
        laptop.upload(file)

        assert embedded.files("demo") == {file.name: sha256(file)}

    def test_with_other_bytes_shows_both_hashes(self, laptop: Laptop, tmp_path: Path) -> None:
        first = sha256(wheel(tmp_path))
        laptop.upload(wheel(tmp_path))
        changed = wheel(tmp_path, text="# another\n")

        with pytest.raises(FileDiffers) as caught:
            laptop.upload(changed)

        assert str(caught.value) == (
            f"{changed.name} on rehearsal has sha256 {first}, the one here has {sha256(changed)}; "
            "demo-1.0.dist-info/RECORD (content), demo.py (content)"
        )

    def test_what_is_wrong_with_a_file_is_in_the_indexs_words(
        self, laptop: Laptop, tmp_path: Path
    ) -> None:
        laptop.upload(sdist(tmp_path))

        with pytest.raises(UploadRefused, match="summary"):
            laptop.upload(
                wheel(
                    tmp_path,
                    version="2.0",
                    metadata="Metadata-Version: 2.1\nName: demo\nVersion: 2.0\n"
                    f"Summary: {'long ' * 200}\n",
                )
            )
