from __future__ import annotations

import pytest

from releasio.config.tables.model import PublishConfig
from releasio.rules.credentials.policy import ORDER, TRUSTED, Policy


def asked(terms: Policy, *, refused: bool = False) -> tuple[str, ...]:
    return tuple(kind for kind in terms.order if not terms.why_not(kind, after_refusal=refused))


class TestWhyNot:
    @pytest.mark.parametrize(
        ("terms", "first", "after_a_refusal"),
        [
            (Policy(), ORDER, ORDER),
            (Policy(trusted_publishing=False), ORDER[1:], ORDER[1:]),
            (Policy(trusted_publishing="required"), (TRUSTED,), (TRUSTED,)),
            (Policy(fallback="not-applicable"), ORDER, ()),
            (Policy(fallback="never"), (TRUSTED,), (TRUSTED,)),
            (Policy(trusted_publishing=False, fallback="never"), ORDER[1:2], ORDER[1:2]),
            (Policy(order=("keyring", "prompt"), fallback="never"), ("keyring",), ("keyring",)),
            (Policy(trusted_publishing="required", order=("keyring",)), (), ()),
            (Policy(order=()), (), ()),
        ],
    )
    def test_the_settings_together_decide(
        self, terms: Policy, first: tuple[str, ...], after_a_refusal: tuple[str, ...]
    ) -> None:
        assert (first, after_a_refusal) == (asked(terms), asked(terms, refused=True))


def test_the_settings_have_the_same_defaults() -> None:
    assert Policy() == PublishConfig().policy
