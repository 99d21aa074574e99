from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.auth.chain import Obtained, forecast, obtain
from releasio.errors.auth.credential import NoCredential
from releasio.frozen import replace
from releasio.rules.credentials.policy import Policy
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from tests.auth.desk import SITE, TEST_SITE, Desk, MadeUpKeyring, MadeUpTerminal
from tests.fakes.index import PRIVATE, START, FakeIndex, refusal
from tests.fakes.tokens import jwt, macaroon

if TYPE_CHECKING:
    from pathlib import Path

TRUSTED = "trusted publishing (GitHub Actions)"
MINT = "/_/oidc/mint-token"
UNKNOWN = refusal("invalid-publisher", "valid token, but no corresponding publisher (not found)")


def ask(desk: Desk, policy: Policy | None = None) -> Obtained:
    return obtain(desk, desk.fake.registry, policy or Policy(), "demo", chain=desk.chain())


def found(desk: Desk, policy: Policy | None = None) -> tuple[str, str, str]:
    credential = ask(desk, policy).credential
    return credential.source, credential.user, credential.secret.reveal()


class TestOrder:
    def test_trusted_publishing_comes_first(self) -> None:
        fake = FakeIndex()
        desk = Desk(fake, {**fake.env(), "RELEASIO_TOKEN": "a-token"})

        assert found(desk) == (TRUSTED, "__token__", "minted-1-for-you")

    def test_the_minted_token_knows_its_end(self) -> None:
        fake = FakeIndex()

        assert ask(Desk(fake, fake.env())).credential.expires == START + timedelta(seconds=900)

    def test_a_generic_identity_comes_next(self) -> None:
        desk = Desk(
            env={"RELEASIO_OIDC_TOKEN": jwt({"aud": PRIVATE.host}), "RELEASIO_TOKEN": "t" * 9}
        )

        assert found(desk)[0] == "trusted publishing (RELEASIO_OIDC_TOKEN)"

    @pytest.mark.parametrize(
        ("env", "expected"),
        [
            ({"RELEASIO_TOKEN_PRIVATE": "1", "RELEASIO_TOKEN": "2"}, "RELEASIO_TOKEN_PRIVATE"),
            ({"RELEASIO_TOKEN": "2", "UV_PUBLISH_TOKEN": "3"}, "RELEASIO_TOKEN"),
            ({"UV_PUBLISH_TOKEN": "3", "TWINE_PASSWORD": "4"}, "UV_PUBLISH_TOKEN"),
            ({"PYPI_TOKEN": "0", "TESTPYPI_TOKEN": "0", "TWINE_PASSWORD": "4"}, "TWINE_PASSWORD"),
            ({"RELEASIO_TOKEN": " \n", "TWINE_PASSWORD": "4"}, "TWINE_PASSWORD"),
        ],
    )
    def test_variables_have_an_order(self, env: dict[str, str], expected: str) -> None:
        assert found(Desk(env=env))[0] == expected

    def test_then_keyring_then_pypirc_then_prompt(self, tmp_path: Path) -> None:
        desk = Desk(env={"HOME": str(tmp_path)}, terminal=MadeUpTerminal("typed"))
        sources = [found(desk)[0]]
        pypirc = (
            "[distutils]\nindex-servers = here\n"
            f"[here]\nrepository = {desk.fake.registry.upload}\nusername = ada\npassword = x\n"
        )
        (tmp_path / ".pypirc").write_text(pypirc, encoding="utf-8")
        sources.append(found(desk)[0])
        desk.keyring = MadeUpKeyring(("ada", "kept"))
        sources.append(found(desk)[0])

        assert sources == ["what was typed", "[here] of ~/.pypirc", "the keyring"]

    def test_without_an_entry_or_an_answer_it_goes_on(self, tmp_path: Path) -> None:
        (tmp_path / ".pypirc").write_text("[pypi]\nusername = __token__\n", encoding="utf-8")
        desk = Desk(FakeIndex(PYPI), {"HOME": str(tmp_path)}, terminal=MadeUpTerminal(""))

        with pytest.raises(NoCredential) as caught:
            ask(desk)

        assert "~/.pypirc: does not apply: [pypi] has no password" in str(caught.value)
        assert "prompt: does not apply: nothing was typed" in str(caught.value)

    def test_a_pypirc_that_is_no_file_is_said_and_not_passed_over(self, tmp_path: Path) -> None:
        (tmp_path / ".pypirc").mkdir()

        with pytest.raises(NoCredential) as caught:
            ask(Desk(env={"HOME": str(tmp_path)}))

        assert "~/.pypirc: refused: ~/.pypirc could not be read: it is there, and no file" in str(
            caught.value
        )


class TestEachSource:
    @pytest.mark.parametrize(
        ("registry", "variable", "site"),
        [(PYPI, "PYPI_TOKEN", SITE), (TESTPYPI, "TESTPYPI_TOKEN", TEST_SITE)],
    )
    def test_the_indexes_own_variables_are_for_them_only(
        self, registry: Registry, variable: str, site: str
    ) -> None:
        env = {"PYPI_TOKEN": macaroon(SITE), "TESTPYPI_TOKEN": macaroon(TEST_SITE)}

        assert found(Desk(FakeIndex(registry), env)) == (variable, "__token__", macaroon(site))

    def test_the_line_break_that_comes_along_is_dropped(self) -> None:
        assert found(Desk(env={"RELEASIO_TOKEN": " a-token\r\n"}))[2] == "a-token"

    def test_the_blanks_around_what_the_keyring_keeps_are_dropped_too(self) -> None:
        desk = Desk(keyring=MadeUpKeyring(("__token__", "a-token\n")))

        assert "a-token" == found(desk)[2]

    def test_twine_may_have_a_user(self) -> None:
        env = {"TWINE_USERNAME": "ada", "TWINE_PASSWORD": "hunter22"}

        assert found(Desk(env=env)) == ("TWINE_PASSWORD", "ada", "hunter22")

    @pytest.mark.parametrize(
        ("env", "user"),
        [
            ({"RELEASIO_TOKEN": "a-password"}, "grace"),
            ({"TWINE_PASSWORD": "a-password"}, "grace"),
            ({"TWINE_PASSWORD": "a-password", "TWINE_USERNAME": "ada"}, "ada"),
        ],
    )
    def test_a_registry_may_have_a_user(self, env: dict[str, str], user: str) -> None:
        fake = FakeIndex(replace(PRIVATE, user="grace"))

        assert user == found(Desk(fake, env))[1]

    def test_the_prompt_asks_for_the_users_password(self) -> None:
        fake = FakeIndex(replace(PRIVATE, user="grace"))
        desk = Desk(fake, terminal=MadeUpTerminal("a-password"))

        assert found(desk) == ("what was typed", "grace", "a-password")
        assert desk.terminal.asked == ["Password of grace for private (127.0.0.1:9): "]

    def test_the_prompt_says_where_the_token_goes(self) -> None:
        desk = Desk(terminal=MadeUpTerminal("typed"))

        ask(desk)

        assert desk.terminal.asked == ["API token for private (127.0.0.1:9): "]

    def test_nobody_is_asked_in_a_ci(self) -> None:
        desk = Desk(env={"CI": "true"}, terminal=MadeUpTerminal("typed"))

        with pytest.raises(NoCredential):
            ask(desk)

        assert desk.terminal.asked == []

    def test_a_single_identity_is_not_used_twice(self) -> None:
        desk = Desk(env={"RELEASIO_OIDC_TOKEN": jwt({"aud": PRIVATE.host})})
        desk.fake.fail(MINT, httpx.ReadTimeout("lost"))

        with pytest.raises(NoCredential, match="may have been used up by a try that got no answer"):
            ask(desk)

        assert len(desk.fake.asked(MINT)) == 1

    def test_a_single_identity_for_somebody_else_is_not_used(self) -> None:
        desk = Desk(env={"RELEASIO_OIDC_TOKEN": jwt({"aud": "sigstore"})})

        with pytest.raises(NoCredential, match="with the audience 'sigstore', and private wants"):
            ask(desk)

        assert desk.fake.asked(MINT) == []


STRAY = {
    "a-token\nof-mine": "a line break",
    "a-token\r\nof-mine": "a line break",
    "a-token\x1b[31mof-mine": "a control character",
    "a-token of-mine": "a space",
    "a-token\u2026of-mine": "a character that is not ASCII",
    "a-token\udcffof-mine": "a character that is not ASCII",
}


class TestStrayCharacters:
    @pytest.mark.parametrize("text", STRAY)
    def test_in_a_token_are_named_with_its_source(self, text: str) -> None:
        for desk, source in (
            (Desk(env={"RELEASIO_TOKEN": f"{text}\n"}), "RELEASIO_TOKEN"),
            (Desk(keyring=MadeUpKeyring(("__token__", text))), "the keyring"),
            (Desk(terminal=MadeUpTerminal(text)), "what was typed"),
        ):
            with pytest.raises(NoCredential) as caught:
                ask(desk)

            assert f"{source} has {STRAY[text]} in the middle of the secret" in str(caught.value)
            assert (
                "Copy it again in one piece, and set it anew: nothing but the secret itself, on "
                "one line." in caught.value.hint
            )
            assert "of-mine" not in str(caught.value) + caught.value.hint
            assert [] == desk.fake.requests

    def test_on_a_second_line_of_pypirc_are_named(self, tmp_path: Path) -> None:
        desk = Desk(env={"HOME": str(tmp_path)})
        text = (
            "[distutils]\nindex-servers = here\n[here]\n"
            f"repository = {desk.fake.registry.upload}\npassword = a-token\n  of-mine\n"
        )
        (tmp_path / ".pypirc").write_text(text, encoding="utf-8")
        with pytest.raises(NoCredential) as caught:
            ask(desk)

        assert "[here] of ~/.pypirc has a line break in the middle of the secret" in str(
            caught.value
        )

    def test_in_a_password_may_be_of_any_language(self) -> None:
        env = {"TWINE_USERNAME": "ada", "TWINE_PASSWORD": "schöner Tag"}

        assert ("TWINE_PASSWORD", "ada", "schöner Tag") == found(Desk(env=env))

    def test_in_a_password_that_command_a_terminal_are_refused(self) -> None:
        env = {"TWINE_USERNAME": "ada", "TWINE_PASSWORD": "hunter\x9b22"}
        with pytest.raises(NoCredential) as caught:
            ask(Desk(env=env))

        assert "TWINE_PASSWORD has a control character in the middle of the secret" in str(
            caught.value
        )

    @pytest.mark.parametrize("text", STRAY)
    def test_in_the_runners_request_token_are_named(self, text: str) -> None:
        fake = FakeIndex()
        env = {**fake.env(), "ACTIONS_ID_TOKEN_REQUEST_TOKEN": text}
        with pytest.raises(NoCredential) as caught:
            ask(Desk(fake, env))

        assert (
            f"ACTIONS_ID_TOKEN_REQUEST_TOKEN has {STRAY[text]} in the middle of the secret"
            in str(caught.value)
        )
        assert "of-mine" not in str(caught.value) + caught.value.hint
        assert [] == fake.requests

    @pytest.mark.parametrize(
        "url",
        ["http://127.0.0.1:9/\x1b", "http://a b\n/", "identity", "http://\udcff/", "file:///x"],
    )
    def test_in_the_runners_address_are_named(self, url: str) -> None:
        fake = FakeIndex()
        with pytest.raises(NoCredential) as caught:
            ask(Desk(fake, {**fake.env(), "ACTIONS_ID_TOKEN_REQUEST_URL": url}))

        assert (
            "GitHub's identity service gave no identity token: ACTIONS_ID_TOKEN_REQUEST_URL is "
            "not its address" in str(caught.value)
        )


class TestPolicy:
    def test_a_token_takes_over_when_trusted_publishing_is_refused_and_that_is_said(self) -> None:
        fake = FakeIndex()
        fake.fail(MINT, UNKNOWN)
        desk = Desk(fake, {**fake.env(), "RELEASIO_TOKEN": "a-token"})

        obtained = ask(desk)

        assert obtained.credential.source == "RELEASIO_TOKEN"
        assert obtained.answers[0].outcome == "refused"
        assert fake.screen.notes[:2] == [
            "credential for private: RELEASIO_TOKEN",
            (
                f"{TRUSTED}: refused: private has no trusted publisher that fits this job "
                "(invalid-publisher): not found [publisher-unknown]"
            ),
        ]

    def test_a_token_takes_over_when_the_job_may_not_ask_and_that_is_said(self) -> None:
        desk = Desk(env={"GITHUB_ACTIONS": "true", "RELEASIO_TOKEN": "a-token"})

        ask(desk)

        assert desk.screen.notes[:2] == [
            "credential for private: RELEASIO_TOKEN",
            f"{TRUSTED}: does not apply: the job lacks the permission id-token: write",
        ]

    def test_why_those_asked_before_have_none_is_said(self) -> None:
        desk = Desk(env={"RELEASIO_TOKEN": "a-token"})

        ask(desk)

        assert desk.screen.notes == [
            "credential for private: RELEASIO_TOKEN",
            f"{TRUSTED}, trusted publishing (GitLab CI): does not apply: not in a CI",
            "trusted publishing (RELEASIO_OIDC_TOKEN): does not apply: not set",
            "trusted publishing (Google Cloud): does not apply: not a machine of Google's",
            "RELEASIO_TOKEN_PRIVATE: does not apply: not set",
        ]

    def test_required_never_falls_back(self) -> None:
        fake = FakeIndex()
        fake.fail(MINT, UNKNOWN)
        desk = Desk(fake, {**fake.env(), "RELEASIO_TOKEN": "a-token-nobody-asked-for"})

        with pytest.raises(NoCredential) as caught:
            ask(desk, Policy("required"))

        answers = "\n".join(map(str, caught.value.answers))
        assert "keyring, ~/.pypirc, prompt: does not apply: not asked" in answers
        assert not any("nobody" in s.reveal() for s in fake.screen.secrets)

    def test_required_is_content_with_trusted_publishing(self) -> None:
        fake = FakeIndex()

        assert found(Desk(fake, fake.env()), Policy("required"))[0] == TRUSTED

    def test_off_passes_it_over(self) -> None:
        fake = FakeIndex()
        desk = Desk(fake, {**fake.env(), "RELEASIO_TOKEN": "a-token"})

        obtained = ask(desk, policy=Policy(trusted_publishing=False))

        assert obtained.credential.source == "RELEASIO_TOKEN"
        assert "switched off by publish.trusted_publishing = false" in str(obtained.answers[0])
        assert fake.requests == []

    def test_a_refusal_may_be_the_end(self) -> None:
        fake = FakeIndex()
        fake.fail(MINT, UNKNOWN)
        desk = Desk(fake, {**fake.env(), "RELEASIO_TOKEN": "a-token-nobody-asked-for"})

        with pytest.raises(NoCredential) as caught:
            ask(desk, Policy(fallback="not-applicable"))

        assert (
            "prompt: does not apply: not asked after a refusal, for publish.fallback = "
            '"not-applicable"'
        ) in str(caught.value.answers[-1])
        assert 'set publish.fallback = "on-refusal"' in caught.value.hint
        assert "RELEASIO_TOKEN" not in caught.value.hint
        assert not any("nobody" in s.reveal() for s in fake.screen.secrets)

    def test_where_only_a_refusal_is_the_end_a_source_that_does_not_apply_is_none(self) -> None:
        desk = Desk(env={"RELEASIO_TOKEN": "a-token"})

        assert found(desk, Policy(fallback="not-applicable"))[0] == "RELEASIO_TOKEN"

    def test_it_may_be_the_first_or_none(self) -> None:
        desk = Desk(env={"RELEASIO_TOKEN": "a-token"})

        with pytest.raises(NoCredential) as caught:
            ask(desk, Policy(fallback="never"))

        assert 'prompt: does not apply: not asked, for publish.fallback = "never"' in str(
            caught.value
        )

    def test_the_order_is_a_setting(self) -> None:
        desk = Desk(env={"RELEASIO_TOKEN": "a-token"}, keyring=MadeUpKeyring(("ada", "kept")))
        desk.policy = Policy(order=("keyring", "environment"))

        assert found(desk, desk.policy)[0] == "the keyring"

    @pytest.mark.parametrize(
        ("terms", "hint"),
        [
            (Policy(order=("pypirc",)), "publish.credentials lets only these be asked: pypirc."),
            (Policy(order=()), "publish.credentials is empty, so nothing can be asked: name a"),
            (
                Policy("required", order=("keyring",)),
                "together leave nothing to ask: name trusted-publishing in the latter.",
            ),
            (Policy(order=("environment",)), "Set RELEASIO_TOKEN"),
            (
                Policy(order=("keyring", "environment")),
                "Set RELEASIO_TOKEN, or keep one: keyring set",
            ),
        ],
    )
    def test_the_hint_names_only_what_would_be_asked(self, terms: Policy, hint: str) -> None:
        with pytest.raises(NoCredential) as caught:
            ask(Desk(policy=terms), terms)

        assert hint in caught.value.hint

    def test_a_token_that_is_sure_not_to_work_is_passed_over_and_that_is_said(self) -> None:
        env = {"RELEASIO_TOKEN": macaroon(SITE), "TESTPYPI_TOKEN": macaroon(TEST_SITE)}
        desk = Desk(FakeIndex(TESTPYPI), env)

        assert found(desk)[0] == "TESTPYPI_TOKEN"
        assert desk.screen.notes[-2] == (
            "RELEASIO_TOKEN: refused: RELEASIO_TOKEN holds a token of pypi, but the upload goes "
            "to testpypi [token-for-another-index]"
        )


class TestForecast:
    def test_asks_nobody_and_reads_no_secret(self) -> None:
        fake = FakeIndex()
        desk = Desk(fake, {**fake.env(), "RELEASIO_TOKEN": "a-token"})

        answers = forecast(desk.env, fake.registry, policy=Policy(), chain=desk.chain())

        assert [str(answer) for answer in answers] == [
            f"{TRUSTED}: would be asked: the job may ask for an identity",
            (
                "trusted publishing (GitLab CI): does not apply: this is GitHub Actions, not "
                "GitLab CI"
            ),
            "trusted publishing (RELEASIO_OIDC_TOKEN): does not apply: not set",
            (
                "trusted publishing (Google Cloud): does not apply: GOOGLE_SERVICE_ACCOUNT_NAME "
                "is not set"
            ),
            "RELEASIO_TOKEN_PRIVATE: does not apply: not set",
            "RELEASIO_TOKEN: would be asked: set",
            (
                "PYPI_TOKEN, TESTPYPI_TOKEN, UV_PUBLISH_TOKEN, TWINE_PASSWORD, "
                "publish.token_command: does not apply: not set"
            ),
            f"keyring: would be asked: it may keep a token for {fake.registry.upload}",
            "~/.pypirc: does not apply: there is no such file",
            "prompt: does not apply: nobody is at a terminal",
        ]
        assert (fake.requests, fake.screen.secrets) == ([], [])

    def test_heeds_the_policy(self) -> None:
        answers = forecast({}, PYPI, Policy("required"))

        assert all(answer.outcome == "not-applicable" for answer in answers)


class TestSecrets:
    def test_everything_that_is_read_is_hidden_at_birth(self) -> None:
        fake = FakeIndex()
        fake.fail(MINT, UNKNOWN)
        desk = Desk(fake, {**fake.env(), "RELEASIO_TOKEN": "a-token"})

        ask(desk)

        hidden = {secret.reveal() for secret in fake.screen.secrets}
        assert hidden == {"runner-request-token", fake.identities[0], "a-token"}


def test_a_forecast_loads_nothing_heavy() -> None:
    """
    `check` shows it, and must not pay for an upload.
    """
    program = "import sys, releasio.auth.chain; print(*sys.modules)"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    loaded = subprocess.check_output([sys.executable, "-c", program], env=env, encoding="utf-8")

    heavy = {"httpx", "keyring", "twine", "email", "asyncio", "tomlkit", "importlib.metadata"}
    assert heavy & set(loaded.split()) == set()
