from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from tests.standins.packages import wheel

if TYPE_CHECKING:
    from tests.embedded.index import EmbeddedIndex
    from tests.standins.conftest import Visitor

NAME_HELP = "See …/help/#project-name for more information."


class TestAuthentication:
    INVALID = (
        "403 Invalid or non-existent authentication information. "
        "See …/help/#invalid-auth for more information."
    )

    def sent(self, visitor: Visitor, header: str | None) -> tuple[int, str]:
        package = wheel()
        answer = visitor.http.post(
            "/legacy/",
            data=package.form(),
            files={"content": (package.filename, package.data)},
            headers={"Accept": "application/json", **({"Authorization": header} if header else {})},
        )
        assert "WWW-Authenticate" not in answer.headers
        return answer.status_code, answer.json()["code"].replace(visitor.index.url, "…")

    @pytest.mark.parametrize("scheme", ["token", "Bearer", "bearer"])
    def test_takes_the_bare_token(self, visitor: Visitor, token: str, scheme: str) -> None:
        assert (200, "200 OK") == self.sent(visitor, f"{scheme} {token}")

    def test_takes_the_token_as_password_with_space_around(
        self, visitor: Visitor, token: str
    ) -> None:
        header = base64.b64encode(f"__token__: {token}\n".encode()).decode()

        assert (200, "200 OK") == self.sent(visitor, f"Basic {header}")

    @pytest.mark.parametrize(
        "header",
        [None, "Basic !!!", "Basic bm9jb2xvbg==", "token pypi-nonsense", "token other", "Digest x"],
    )
    def test_needs_a_token_it_knows(self, visitor: Visitor, header: str) -> None:
        assert (403, self.INVALID) == self.sent(visitor, header)

    def test_forgets_deleted_tokens(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.delete_token(token)

        assert (403, self.INVALID) == self.sent(visitor, f"token {token}")

    def test_takes_no_user_names(self, visitor: Visitor, token: str) -> None:
        header = base64.b64encode(f"ada:{token}".encode()).decode()

        status, code = self.sent(visitor, f"Basic {header}")
        assert 403 == status
        assert code.startswith(
            "403 Username/Password authentication is no longer supported. Migrate to API Tokens "
            "or Trusted Publishers instead. See "
        )

    def test_notices_a_token_somebody_wrote_on(self, visitor: Visitor, token: str) -> None:
        raw = token.removeprefix("pypi-")
        data = bytearray(base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)))
        data[-1] ^= 1
        forged = "pypi-" + base64.urlsafe_b64encode(bytes(data)).rstrip(b"=").decode()

        assert (403, "403 Invalid API Token: signatures do not match") == self.sent(
            visitor, f"token {forged}"
        )


class TestPermission:
    def test_is_the_owners(self, index: EmbeddedIndex, visitor: Visitor) -> None:
        index.create_project("demo", owner="ada")
        refusal = visitor.refusal(wheel(), index.user_token(owner="eve"))

        wanted = f"403 The user 'eve' isn't allowed to upload to project 'demo'. {NAME_HELP}"
        assert wanted == refusal

    def test_of_a_project_token_ends_with_the_project(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        index.create_project("demo")
        index.create_project("other")
        token = index.user_token(["Demo"])

        assert 200 == visitor.upload(wheel(), token).status_code
        wanted = "403 Invalid API Token: project-scoped token is not valid for project: 'other'"
        assert wanted == visitor.refusal(wheel("other"), token)

    def test_of_a_project_token_makes_no_new_project(
        self, index: EmbeddedIndex, visitor: Visitor
    ) -> None:
        refusal = visitor.refusal(wheel("fresh"), index.user_token(["demo"]))

        wanted = "403 Invalid API Token: project-scoped token is not valid for project: 'fresh'"
        assert wanted == refusal
        assert [] == index.projects()

    @pytest.mark.parametrize(
        ("lacking", "words"),
        [
            ("verified_email", "a verified primary email address. Please add a verified"),
            ("two_factor", "two-factor authentication enabled. Please enable two-factor"),
        ],
    )
    def test_needs_an_account_in_order(
        self, index: EmbeddedIndex, visitor: Visitor, lacking: str, words: str
    ) -> None:
        index.create_user("ada", **{lacking: False})
        refusal = visitor.refusal(wheel(), index.user_token(owner="ada"))

        wanted = f"403 User 'ada', associated with the API token used, does not have {words}"
        assert refusal.startswith(wanted)

    def test_ends_when_a_project_is_archived(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.create_project("demo")
        index.set_status("demo", "archived")

        assert visitor.refusal(wheel(), token).startswith("403 The user 'rehearser' isn't allowed")

    def test_of_users_survives_quarantine_but_nobody_sees_the_file(
        self, index: EmbeddedIndex, visitor: Visitor, token: str
    ) -> None:
        index.create_project("demo")
        index.set_status("demo", "quarantined")

        assert 200 == visitor.upload(wheel(), token).status_code
        page = visitor.get("/simple/demo/", "application/vnd.pypi.simple.v1+json").json()
        assert ([], "quarantined") == (page["files"], page["project-status"]["status"])
