from __future__ import annotations

import pytest

from releasio.config.tables.model import PublishConfig
from releasio.rules.credentials.policy import ORDER, TRUSTED, Terms, terms_of


def asked(terms: Terms, *, refused: bool = False) -> tuple[str, ...]:
    return tuple(kind for kind in terms.order if not terms.why_not(kind, after_refusal=refused))


class TestWhyNot:
    @pytest.mark.parametrize(
        ("terms", "first", "after_a_refusal"),
        [
            (Terms(), ORDER, ORDER),
            (Terms(trusted_publishing=False), ORDER[1:], ORDER[1:]),
            (Terms(trusted_publishing="required"), (TRUSTED,), (TRUSTED,)),
            (Terms(fallback="not-applicable"), ORDER, ()),
            (Terms(fallback="never"), (TRUSTED,), (TRUSTED,)),
            (Terms(trusted_publishing=False, fallback="never"), ORDER[1:2], ORDER[1:2]),
            (Terms(order=("keyring", "prompt"), fallback="never"), ("keyring",), ("keyring",)),
            (Terms(trusted_publishing="required", order=("keyring",)), (), ()),
            (Terms(order=()), (), ()),
        ],
    )
    def test_the_settings_together_decide(
        self, terms: Terms, first: tuple[str, ...], after_a_refusal: tuple[str, ...]
    ) -> None:
        assert (first, after_a_refusal) == (asked(terms), asked(terms, refused=True))


def test_the_settings_have_the_same_defaults() -> None:
    assert Terms() == terms_of(PublishConfig())
