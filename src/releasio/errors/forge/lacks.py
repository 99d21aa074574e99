"""What a forge does not have."""

from __future__ import annotations

from releasio.errors.base import ReleasioError


class ForgeLacks(ReleasioError):
    """
    The forge does not have what a setting asks it for.

    Forges differ: one has no pull requests that are rebased, another none that teams review; and
    an account that is named in the settings may be gone.
    """

    message = "{forge} has no {thing}"
    forge: str
    thing: str
    hint: str
