"""Who a build of Google Cloud is to an index."""

from __future__ import annotations

import pytest

from releasio.rules.identity.cloud_build import cloud_identities
from releasio.rules.identity.publisher_form import form_of, form_values
from releasio.rules.workflow.node import parse_yaml

ACCOUNT = "serviceAccount: projects/acme/serviceAccounts/publish@acme.iam.gserviceaccount.com"


@pytest.mark.parametrize(
    ("step", "targets"),
    [
        ("{name: python, args: [-m, twine, upload, dist/*]}", [("pypi", True)]),
        ("{name: python, script: 'twine upload -r testpypi dist/*'}", [("testpypi", True)]),
        ("{name: bash, args: [-c, 'uv publish --token $$T']}", [("pypi", False)]),
        ("{name: bash, args: [-c, 'poetry publish']}", []),
        ("{name: bash, args: [-c, 'twine upload --repository-url https://x.example a']}", []),
        ("{name: bash, args: [-c, 'make']}", []),
    ],
)
def test_a_step_that_uploads_is_known_by_the_service_account(
    step: str, targets: list[tuple[str, bool]]
) -> None:
    node = parse_yaml(f"{ACCOUNT}\nsteps: [{step}]\n", "cloudbuild.yaml")

    identities = cloud_identities(node, "cloudbuild.yaml")

    assert targets == [(each.target, each.is_trusted) for each in identities]


def test_the_form_asks_for_its_address() -> None:
    node = parse_yaml(f"{ACCOUNT}\nsteps: [{{script: uv publish}}]\n", "cloudbuild.yaml")
    (identity,) = cloud_identities(node, "cloudbuild.yaml")

    form = form_of(identity.claims)

    assert form is not None
    assert "publish@acme.iam.gserviceaccount.com" == dict(form_values(form))["Email"]


def test_a_build_that_names_no_account_is_not_known() -> None:
    (identity,) = cloud_identities(parse_yaml("steps: [{script: uv publish}]\n", ""), "")

    assert not identity.is_trusted
