"""What a job's identity tells before it is spent."""

from __future__ import annotations

import httpx
import pytest

from releasio.errors.auth.credential import NoCredential
from releasio.rules.index.registry import PYPI
from tests.auth.desk import Desk
from tests.fakes.index import PRIVATE, FakeIndex

MINT = "/_/oidc/mint-token"
OWN = "acme/widgets/.github/workflows/publish.yml@refs/heads/main"
FOREIGN = "acme/shared/.github/workflows/publish.yml@refs/tags/v1"
HELD = {
    "a workflow of another repository": {"job_workflow_ref": FOREIGN},
    "a stranger's pull request": {"event_name": "pull_request_target"},
}


def job(**claims: object) -> Desk:
    fake = FakeIndex(PYPI)
    fake.claims.update(claims)
    return Desk(fake, fake.env())


def ask(desk: Desk) -> list[str]:
    desk.obtain()
    return desk.screen.notes


class TestWhatCanNeverWork:
    @pytest.mark.parametrize("claims", HELD.values(), ids=HELD)
    def test_is_not_sent(self, claims: dict[str, object]) -> None:
        desk = job(**claims)
        with pytest.raises(NoCredential):
            ask(desk)

        assert [] == desk.fake.asked(MINT)

    @pytest.mark.parametrize("claims", HELD.values(), ids=HELD)
    def test_may_work_on_an_index_we_do_not_know(self, claims: dict[str, object]) -> None:
        desk = job(**claims)
        desk.fake.registry, desk.fake.audience = PRIVATE, PRIVATE.host
        ask(desk)

        assert 1 == len(desk.fake.asked(MINT))

    def test_is_known_before_an_identity_is_asked_for(self) -> None:
        desk = job()
        desk.env["GITHUB_EVENT_NAME"] = "pull_request_target"
        with pytest.raises(NoCredential) as caught:
            ask(desk)

        assert "does not apply: the job was started by pull_request_target" in str(caught.value)
        assert "Publish from a push to your branch" in caught.value.hint
        assert [] == desk.fake.requests


class TestWhatToExpect:
    def test_in_a_reusable_workflow_is_said_once_and_before(self) -> None:
        desk = job(job_workflow_ref=OWN)
        desk.fake.fail(MINT, httpx.Response(503))
        notes = ask(desk)

        assert (
            "the job runs in the reusable workflow publish.yml, called by release.yml: the "
            "publisher must name publish.yml, and attestations are refused whichever it names"
        ) == notes[0]
        assert 1 == notes.count(notes[0])

    def test_for_a_first_release_is_what_the_pending_publisher_must_hold(self) -> None:
        desk = job(environment=None)
        desk.index(PYPI).files("demo")
        notes = ask(desk)

        assert (
            f"demo is not on pypi yet: a pending publisher on {PYPI.site}/manage/account/"
            "publishing/ must have PyPI Project Name: demo, Owner: acme, Repository name: widgets, "
            "Workflow name: release.yml, Environment name: (leave it empty)"
        ) == notes[0]

    def test_is_nothing_where_all_is_usual(self) -> None:
        desk = job()

        assert "credential for pypi: trusted publishing (GitHub Actions)" == ask(desk)[0]
