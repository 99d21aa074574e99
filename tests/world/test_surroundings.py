"""What is said of settings, hooks and files that changed while a release ran."""

from __future__ import annotations

from releasio.world.surroundings import Surroundings

NOTHING = Surroundings({}, {}, {}, {}, {})


def test_a_login_in_the_name_of_a_setting_is_not_shown() -> None:
    """
    `url.ADDRESS.insteadOf` has an address in its name, and jobs put tokens into it.
    """
    key = "url.https://x-access-token:hush-hush-hush@github.com/.insteadof"
    now = Surroundings({}, {}, {key: "0" * 64}, {}, {})
    (change,) = NOTHING.changes(now)

    assert "hush" not in change
    assert change.startswith("git's setting url.https://")
    assert "github.com/.insteadof" in change
