"""The file that says where a Sigstore is, right and wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from releasio.errors.auth.attestation import TrustConfigUnusable
from releasio.world.sigstore.attestor import missing
from releasio.world.sigstore.trust import read_trust
from tests.embedded.index import EmbeddedIndex

if TYPE_CHECKING:
    from pathlib import Path


class TestTrust:
    def test_the_libraries_are_there(self) -> None:
        assert [] == missing()

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (None, "does not exist"),
            ("", "is no ClientTrustConfig: Invalid JSON: "),
            ("[]", "is no ClientTrustConfig: Input should be an object"),
            (
                "{}",
                (
                    "is no ClientTrustConfig: mediaType: Field required; trustedRoot: Field "
                    "required; signingConfig: Field required"
                ),
            ),
            ('{"mediaType": "x"}', "is no ClientTrustConfig: mediaType: Input should be 'applic"),
            (
                '{"trustedRoot": {}, "signingConfig": {}}',
                (
                    "is no ClientTrustConfig: mediaType: Field required; trustedRoot.mediaType: "
                    "Field required; trustedRoot.tlogs: Field required; and "
                ),
            ),
        ],
    )
    def test_a_file_that_is_none_is_named(
        self, tmp_path: Path, text: str | None, problem: str
    ) -> None:
        path = tmp_path / "trust.json"
        if text is not None:
            path.write_text(text, encoding="utf-8")

        with pytest.raises(TrustConfigUnusable) as raised:
            read_trust(path, "keys/trust.json")

        wanted = f"publish.sigstore_trust_config is keys/trust.json, which {problem}"
        assert str(raised.value).startswith(wanted)
        assert "keys/trust.json" == raised.value.path

    @pytest.mark.parametrize("service", ["caUrls", "rekorTlogUrls"])
    def test_one_that_cannot_be_signed_with_is_named(self, tmp_path: Path, service: str) -> None:
        with EmbeddedIndex() as index:
            config = json.loads(index.sigstore.trust_config)
        config["signingConfig"][service] = []
        path = tmp_path / "trust.json"
        path.write_text(json.dumps(config), encoding="utf-8")

        with pytest.raises(TrustConfigUnusable, match="which"):
            read_trust(path, "trust.json")

    @pytest.mark.parametrize(
        ("keys", "problem"),
        [
            ("tlogs", "has no log to check signatures by (trustedRoot.tlogs)"),
            ("ctlogs", "has no log to check certificates by (trustedRoot.ctlogs)"),
            ("certificateAuthorities", "is no ClientTrustConfig: Fulcio certificates not found"),
        ],
    )
    def test_one_whose_signatures_nobody_could_check_is_named(
        self, tmp_path: Path, keys: str, problem: str
    ) -> None:
        with EmbeddedIndex() as index:
            config = json.loads(index.sigstore.trust_config)
        config["trustedRoot"][keys] = []
        path = tmp_path / "trust.json"
        path.write_text(json.dumps(config), encoding="utf-8")

        with pytest.raises(TrustConfigUnusable) as raised:
            read_trust(path, "trust.json")

        assert problem in str(raised.value)
