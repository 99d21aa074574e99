"""
What an index says before anything is public, and what the user then reads.

The sentences are the embedded index's own.
`GOLDEN=rewrite pytest tests/steps/publish/test_ask.py` writes the texts anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import ReleasioError
from releasio.errors.index.verdict import CredentialWouldBeRefused, QuestionTaken, WouldBeRefused
from releasio.frozen import replace
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.policy import Policy
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.steps.publish.ask import COST, Ask
from releasio.steps.publish.authenticate import Authenticate
from releasio.steps.publish.upload import Upload
from releasio.steps.step import Done, Omitted, Todo
from releasio.world.tokens.terminal import TYPED
from tests.auth.desk import MadeUpTerminal
from tests.fakes.wheels import METADATA, sdist, wheel
from tests.golden import Golden, words_of
from tests.standins.conftest import Visitor
from tests.standins.packages import wheel as package
from tests.standins.signing import attest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.steps.index_scene import IndexScene

NOT_NEEDED = Omitted("not needed: this publisher has published demo before")
TEXTS = Golden(Path(__file__).with_name("verdicts"))


@pytest.fixture
def shop(shop: IndexScene) -> Iterator[IndexScene]:
    """The same index, known to take questions."""
    shop.registry = replace(shop.registry, takes_questions=True)
    yield shop
    shop.world.close()


def ask_of(shop: IndexScene, *, always: bool = False) -> Ask:
    return Ask(shop.delivery(), policy=Policy(), always=always)


def in_job(shop: IndexScene, **claims: object) -> None:
    """Let the world be a job of the repository, and hold the token it gets."""
    job = shop.index.issuer.job(repository="acme/demo", workflow="release.yml", claims=claims)
    shop.world = replace(shop.world, env={**shop.world.env, **job})
    Authenticate(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)


def rebuilt(shop: IndexScene, *lines: str, name: str = "demo", body: str = "") -> None:
    """Build the files of other metadata."""
    for path in shop.folder.iterdir():
        path.unlink()
    head = METADATA.format(name=name, version="1.0") + "".join(f"{line}\n" for line in lines)
    wheel(shop.folder, name, metadata=f"{head}\n{body}")
    sdist(shop.folder, name, metadata=f"{head}\n{body}")


def unknown_token(shop: IndexScene) -> None:
    token = shop.token()
    shop.index.delete_token(token)
    shop.hold_token(token)


def token_for_another_project(shop: IndexScene) -> None:
    shop.hold_token(shop.index.user_token(["other"]))


def somebody_else_s_project(shop: IndexScene) -> None:
    shop.index.create_project("demo", owner="somebody")
    shop.hold_token()


def archived(shop: IndexScene) -> None:
    shop.hold_token()
    shop.index.create_project("demo")
    shop.index.set_status("demo", "archived")


def unverified_mail(shop: IndexScene) -> None:
    shop.hold_token()
    shop.index.create_user("rehearser", verified_email=False)


def no_second_factor(shop: IndexScene) -> None:
    shop.hold_token()
    shop.index.create_user("rehearser", two_factor=False)


def too_similar(shop: IndexScene) -> None:
    shop.hold_token()
    shop.index.create_project("d-em-o")


def standard_library(shop: IndexScene) -> None:
    shop.hold_token()
    rebuilt(shop, name="json")


def prohibited(shop: IndexScene) -> None:
    shop.hold_token()
    rebuilt(shop, name="requirements.txt")


def unknown_classifier(shop: IndexScene) -> None:
    shop.hold_token()
    rebuilt(shop, "Classifier: Topic :: Nonsense")


def description(shop: IndexScene) -> None:
    shop.hold_token()
    rebuilt(shop, "Description-Content-Type: text/x-rst", body="A title\n=\n\n.. nonsense::\n")


def publisher_of_another_project(shop: IndexScene) -> None:
    shop.index.trust("other", repository="acme/demo", workflow="release.yml")
    shop.index.create_project("demo")
    in_job(shop)


def pending_publisher_of_another_name(shop: IndexScene) -> None:
    shop.index.expect("demo-typo", repository="acme/demo", workflow="release.yml")
    in_job(shop)


def in_state(how: str) -> Callable[[IndexScene], None]:
    def arrange(shop: IndexScene) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how=how)

    return arrange


OBJECTIONS: dict[str, Callable[[IndexScene], None]] = {
    "archived-project": archived,
    "description-does-not-render": description,
    "name-of-the-standard-library": standard_library,
    "name-prohibited": prohibited,
    "name-taken-meanwhile": in_state("name-taken"),
    "name-too-similar": too_similar,
    "new-projects-off": in_state("registration-off"),
    "new-projects-too-many": in_state("too-many-projects"),
    "no-second-factor": no_second_factor,
    "pending-publisher-of-another-name": pending_publisher_of_another_name,
    "project-of-somebody-else": somebody_else_s_project,
    "publisher-of-another-project": publisher_of_another_project,
    "read-only": in_state("read-only"),
    "token-for-another-project": token_for_another_project,
    "token-unknown": unknown_token,
    "unknown-classifier": unknown_classifier,
    "unverified-mail": unverified_mail,
    "uploads-off": in_state("uploads-off"),
}


class TestObjection:
    @pytest.mark.parametrize("name", OBJECTIONS)
    def test_stops_the_release_in_the_index_s_words(self, shop: IndexScene, name: str) -> None:
        OBJECTIONS[name](shop)
        before = shop.index.projects()
        with pytest.raises(WouldBeRefused) as caught:
            ask_of(shop).apply(shop.world, shop.run)

        text = words_of(caught.value).replace(shop.index.url, "{index}")
        assert TEXTS.text(name, text) == text
        assert before == shop.index.projects()

    @pytest.mark.parametrize("name", OBJECTIONS)
    def test_is_that_of_the_upload(self, shop: IndexScene, name: str) -> None:
        OBJECTIONS[name](shop)
        with pytest.raises(WouldBeRefused) as asked:
            ask_of(shop).apply(shop.world, shop.run)
        OBJECTIONS[name](shop)  # a state of the index is over after each upload
        with pytest.raises(ReleasioError) as uploaded:
            Upload(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)

        verdict, refusal = (str(one.value).partition(" (")[2] for one in (asked, uploaded))
        assert verdict == refusal

    def test_no_text_is_left_over(self) -> None:
        assert {*OBJECTIONS, "taken"} == TEXTS.names()


class TestNoObjection:
    def test_lets_the_release_go_on_and_leaves_nothing_behind(self, shop: IndexScene) -> None:
        shop.hold_token()

        assert ask_of(shop).apply(shop.world, shop.run) is None
        assert ["rehearsal has no objection"] == shop.screen.lines
        assert [] == shop.index.projects()

    def test_is_found_by_one_request_with_our_name_and_a_file_nobody_takes(
        self, shop: IndexScene
    ) -> None:
        shop.hold_token()
        ask_of(shop).apply(shop.world, shop.run)

        [request] = [request for request in shop.index.log if request.method == "POST"]
        assert ("probe.invalid", 400) == (request.filename, request.status)
        assert request.headers["user-agent"].startswith("releasio/")
        [first] = [one for one in shop.delivery().files or () if one.kind != "sdist"]
        assert [[first.sha256], ["bdist_wheel"]] == [
            request.form[name] for name in ("sha256_digest", "filetype")
        ]

    def test_for_the_project_that_a_pending_publisher_has_just_got(self, shop: IndexScene) -> None:
        shop.index.expect("demo", repository="acme/demo", workflow="release.yml")
        in_job(shop)

        assert ask_of(shop).apply(shop.world, shop.run) is None


class TestNoAnswer:
    @pytest.mark.parametrize(
        ("how", "says"),
        [
            ("429", "it answered 429: {"),
            ("503-before", "it answered 503: Backend is unhealthy"),
            ("403-before", "it answered 403: Backend is unhealthy"),
            ("400-before", "it answered 400: Backend is unhealthy"),
            ("html", "it answered 502: "),
            ("reset-before", "the connection"),
        ],
    )
    def test_is_said_and_stops_nothing_and_nobody_is_asked_again(
        self, shop: IndexScene, how: str, says: str
    ) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how=how)
        state = ask_of(shop).apply(shop.world, shop.run)

        assert isinstance(state, Omitted)
        assert state.detail.startswith(f"rehearsal could not be asked: {says}")
        assert state.detail.endswith("; the upload tells")
        assert 1 == shop.asked().count("POST /legacy/")


class TestTaken:
    def test_is_an_alarm(self, shop: IndexScene) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how="html-200")
        with pytest.raises(QuestionTaken) as caught:
            ask_of(shop).apply(shop.world, shop.run)

        text = words_of(caught.value)
        assert TEXTS.text("taken", text) == text


class TestProbe:
    def test_says_what_it_does(self, shop: IndexScene) -> None:
        assert "ask rehearsal whether it would take demo 1.0 from this credential" == str(
            ask_of(shop)
        )

    def test_a_new_name_costs_one_of_the_projects_of_an_hour(self, shop: IndexScene) -> None:
        counted = "as one of the 20 projects that an account may create in an hour"

        assert Todo(f"{COST}; as demo is new there, rehearsal counts it {counted}") == ask_of(
            shop
        ).probe(shop.world)

    def test_a_name_of_a_pending_publisher_costs_nothing(self, shop: IndexScene) -> None:
        job = shop.index.issuer.job(repository="acme/demo", workflow="release.yml")
        shop.world = replace(shop.world, env={**shop.world.env, **job})

        assert Todo(COST) == ask_of(shop).probe(shop.world)

    def test_a_token_is_always_in_doubt(self, shop: IndexScene) -> None:
        there(shop)
        shop.hold_token()

        assert Todo(COST) == ask_of(shop).probe(shop.world)

    def test_a_preview_does_not_know_whose_job_it_will_be(self, shop: IndexScene) -> None:
        there(shop)
        job = shop.index.issuer.job(repository="acme/demo", workflow="release.yml")
        shop.world = replace(shop.world, env={**shop.world.env, **job})

        assert Todo(f"{COST}, unless this publisher has published demo before") == ask_of(
            shop
        ).probe(shop.world)

    def test_a_publisher_is_in_doubt_of_whom_the_index_tells_nothing(
        self, shop: IndexScene
    ) -> None:
        there(shop)
        shop.index.trust("demo", repository="acme/demo", workflow="release.yml")
        in_job(shop)

        assert ask_of(shop).apply(shop.world, shop.run) is None

    def test_nobody_is_asked_about_what_is_there_already(self, shop: IndexScene) -> None:
        shop.hold_token()
        Upload(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)

        assert Done("every file is on the index") == ask_of(shop).probe(shop.world)

    def test_offline_nobody_is_asked(self, shop: IndexScene) -> None:
        shop.world = replace(shop.world, offline=True)

        assert Todo("the index was not asked") == ask_of(shop).probe(shop.world)
        assert [] == shop.asked()

    def test_an_index_of_which_nothing_is_known_is_never_asked(self, shop: IndexScene) -> None:
        shop.registry = Registry("private", shop.index.upload_url, shop.index.simple_url)
        shop.hold_token()
        with pytest.raises(RuntimeError, match="private might store what it is asked with"):
            ask_of(shop).apply(shop.world, shop.run)

        assert "POST /legacy/" not in shop.asked()


class TestPublisherThatPublishedBefore:
    @pytest.fixture
    def shop(self, shop: IndexScene) -> IndexScene:
        """The index has a file of demo that a job of the workflow published and signed."""
        job = shop.index.issuer.job(repository="acme/demo", workflow="release.yml")
        shop.index.trust("demo", repository="acme/demo", workflow="release.yml")
        visitor, file = Visitor(shop.index), package("demo", "0.9")
        [attestation] = attest(visitor, job, file)
        attestations = f"[{attestation.model_dump_json()}]"
        answer = visitor.upload(file, visitor.minted(job), attestations=attestations)
        answer.raise_for_status()
        return shop

    def test_is_not_asked_again(self, shop: IndexScene) -> None:
        in_job(shop)

        assert NOT_NEEDED == ask_of(shop).apply(shop.world, shop.run)

    def test_is_asked_where_the_setting_says_always(self, shop: IndexScene) -> None:
        in_job(shop)

        assert ask_of(shop, always=True).apply(shop.world, shop.run) is None

    def test_is_asked_in_another_environment(self, shop: IndexScene) -> None:
        in_job(shop, environment="other")

        assert NOT_NEEDED != ask_of(shop).apply(shop.world, shop.run)

    def test_is_asked_where_the_index_does_not_tell_who_it_was(self, shop: IndexScene) -> None:
        in_job(shop)
        shop.index.fail(on="integrity", how="404-before")

        assert ask_of(shop).apply(shop.world, shop.run) is None


class TestWhoTypedTheToken:
    def ask(self, shop: IndexScene, *answers: str) -> MadeUpTerminal:
        typed = Credential("__token__", Secret(shop.index.user_token(["other"])), TYPED)
        shop.run.credentials[shop.registry] = typed
        terminal = MadeUpTerminal(answers[0], later=list(answers[1:]))
        Ask(shop.delivery(), policy=Policy(), terminal=terminal).apply(shop.world, shop.run)
        return terminal

    def test_may_type_another_one(self, shop: IndexScene) -> None:
        good = shop.token()
        terminal = self.ask(shop, good)

        assert 1 == len(terminal.asked)
        assert good == shop.run.credentials[shop.registry].secret.reveal()
        assert "project-scoped token is not valid for project: 'demo'" in shop.screen.notes[0]

    def test_may_do_so_twice(self, shop: IndexScene) -> None:
        wrong = shop.token()
        shop.index.delete_token(wrong)
        with pytest.raises(CredentialWouldBeRefused):
            self.ask(shop, wrong, wrong, wrong)

        assert 3 == shop.asked().count("POST /legacy/")


class TestSecret:
    def test_is_not_shown_even_where_the_index_echoes_it(self, shop: IndexScene) -> None:
        unknown_token(shop)
        with pytest.raises(CredentialWouldBeRefused) as caught:
            ask_of(shop).apply(shop.world, shop.run)

        token = shop.run.credentials[shop.registry].secret.reveal()
        assert token not in f"{caught.value} {caught.value.hint}"


def there(shop: IndexScene) -> None:
    """Let the index have another version of demo."""
    Visitor(shop.index).upload(package("demo", "0.9"), shop.token()).raise_for_status()
