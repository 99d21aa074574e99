"""What an `if` makes of the event and the ref of a run."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.events.condition import holds

TAG_PUSH = ("push", "refs/tags/")
BRANCH_PUSH = ("push", "refs/heads/")
PULL = ("pull_request", "refs/pull/")
CALLED = ("", "")


@pytest.mark.parametrize(
    ("condition", "start", "expected"),
    [
        ("", PULL, True),
        ("startsWith(github.ref, 'refs/tags/')", TAG_PUSH, True),
        ("startsWith(github.ref, 'refs/tags')", TAG_PUSH, True),
        ("startsWith(github.ref, 'refs/tags/v')", TAG_PUSH, None),
        ("startsWith(github.ref, 'refs/tags/v')", BRANCH_PUSH, False),
        ("startsWith( github.ref , 'refs/tags/')", CALLED, None),
        ("${{ startsWith(github.ref, 'refs/tags/') }}", BRANCH_PUSH, False),
        ("contains(github.ref, 'refs/tags/')", PULL, False),
        ("contains(github.ref, 'tags')", BRANCH_PUSH, None),
        ("github.ref == 'refs/heads/main'", BRANCH_PUSH, None),
        ("github.ref == 'refs/heads/main'", PULL, False),
        ("github.ref != 'refs/heads/main'", PULL, True),
        ("'refs/heads/main' == github.ref", TAG_PUSH, False),
        ("github.event_name == 'release'", BRANCH_PUSH, False),
        ("github.event_name == 'RELEASE'", ("release", "refs/tags/"), True),
        ("github.event_name != 'pull_request'", PULL, False),
        ("github.event_name == 'push' && startsWith(github.ref, 'refs/tags/')", TAG_PUSH, True),
        ("github.event_name == 'push' && needs.x.outputs.y == 'true'", PULL, False),
        ("github.event_name == 'push' || inputs.publish", PULL, None),
        ("github.event_name == 'push' || inputs.publish", TAG_PUSH, True),
        ("!(github.event_name == 'pull_request')", PULL, False),
        ("!cancelled() && github.event_name == 'push'", PULL, False),
        ("always() && github.event_name == 'push'", TAG_PUSH, True),
        ("github.ref_type == 'tag'", TAG_PUSH, True),
        ("github.ref_type == 'tag'", PULL, False),
        ("github.head_ref", BRANCH_PUSH, False),
        ("github.event.action == 'published'", BRANCH_PUSH, False),
        ("github.event.action == 'published'", ("release", "refs/tags/"), None),
        ("github.repository == 'acme/demo'", PULL, None),
        ("github.event['release'].draft == false", BRANCH_PUSH, None),
        ("github.event.pull_request.head.repo.full_name == github.repository", PULL, None),
        ("contains(fromJSON('[\"a\"]'), github.ref)", PULL, None),
        ("${{ true }} && false", PULL, None),
        ("this is no condition", PULL, None),
        ("((((", PULL, None),
        ("(" * 99 + "true" + ")" * 99, PULL, None),
        ("1 == 2", PULL, None),
        ("'it''s' == 'it''s'", PULL, True),
        ("startsWith(github.ref", PULL, None),
    ],
)
def test_a_condition_is_decided_where_event_and_ref_decide_it(
    condition: str, start: tuple[str, str], *, expected: bool | None
) -> None:
    assert expected is holds(condition, *start)
