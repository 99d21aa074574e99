"""Branches, refs and commits, as the interface has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github.answers import as_json, refuse
from releasio.standins.forge.github.pages import node_id

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.pages import JSON


def get_ref(asked: Asked) -> Response:
    """Show a ref, which is named without `refs/`."""
    name = f"refs/{asked.place['ref']}"
    oid = asked.hub.git.ref(name)
    if oid is None:
        raise refuse(404, "Not Found")
    return as_json(ref_page(asked.hub, name, oid))


def get_commit(asked: Asked) -> Response:
    """Show a commit as git has it."""
    hub, oid = asked.hub, asked.place["commit"]
    if hub.git.kind_of(oid) != "commit":
        raise refuse(404, "Not Found")
    commit = hub.git.commit(oid)
    api, is_signed = f"{hub.addresses.repository}/git", oid in hub.state.verified
    verification = {
        "verified": is_signed,
        "reason": "valid" if is_signed else "unsigned",
        "signature": None,
        "payload": None,
        "verified_at": commit.committed if is_signed else None,
    }
    parents = [
        {
            "sha": one,
            "url": f"{api}/commits/{one}",
            "html_url": f"{hub.addresses.page}/commit/{one}",
        }
        for one in commit.parents
    ]
    return as_json(
        {
            "sha": oid,
            "node_id": node_id("C", oid),
            "url": f"{api}/commits/{oid}",
            "html_url": f"{hub.addresses.page}/commit/{oid}",
            "author": {
                "name": commit.author.name,
                "email": commit.author.email,
                "date": commit.authored,
            },
            "committer": {
                "name": commit.committer.name,
                "email": commit.committer.email,
                "date": commit.committed,
            },
            "tree": {"sha": commit.tree, "url": f"{api}/trees/{commit.tree}"},
            "message": commit.message,
            "parents": parents,
            "verification": verification,
        }
    )


def ref_page(hub: Hub, name: str, oid: str) -> JSON:
    """Show a ref."""
    api = f"{hub.addresses.repository}/git"
    kind = hub.git.kind_of(oid) or "commit"
    return {
        "ref": name,
        "node_id": node_id("REF", name),
        "url": f"{api}/{name}",
        "object": {"type": kind, "sha": oid, "url": f"{api}/{kind}s/{oid}"},
    }


def get(asked: Asked) -> Response:
    """Show a branch, which nothing protects."""
    hub, name = asked.hub, asked.place["branch"]
    oid = hub.git.ref(f"refs/heads/{name}")
    if oid is None:
        raise refuse(404, "Branch not found")
    api = f"{hub.addresses.repository}/branches/{name}"
    return as_json(
        {
            "name": name,
            "commit": _commit(asked.hub, oid),
            "_links": {"self": api, "html": f"{hub.addresses.page}/tree/{name}"},
            "protected": False,
            "protection": {
                "enabled": False,
                "required_status_checks": {
                    "enforcement_level": "off",
                    "contexts": [],
                    "checks": [],
                },
            },
            "protection_url": f"{api}/protection",
        }
    )


def _commit(hub: Hub, oid: str) -> JSON:
    commit = hub.git.commit(oid)
    api, page = f"{hub.addresses.repository}/commits/{oid}", hub.addresses.page
    people = {"author": commit.author, "committer": commit.committer}
    dates = {"author": commit.authored, "committer": commit.committed}
    accounts = {name: hub.state.by_email(person.email) for name, person in people.items()}
    return {
        "url": api,
        "sha": oid,
        "node_id": node_id("C", oid),
        "html_url": f"{page}/commit/{oid}",
        "comments_url": f"{api}/comments",
        "commit": {
            "url": f"{hub.addresses.repository}/git/commits/{oid}",
            **{
                name: {"name": person.name, "email": person.email, "date": dates[name]}
                for name, person in people.items()
            },
            "message": commit.message,
            "comment_count": 0,
            "tree": {
                "sha": commit.tree,
                "url": f"{hub.addresses.repository}/git/trees/{commit.tree}",
            },
        },
        **{name: hub.user(one.login) if one else None for name, one in accounts.items()},
        "parents": [
            {
                "sha": one,
                "url": f"{hub.addresses.repository}/commits/{one}",
                "html_url": f"{page}/commit/{one}",
            }
            for one in commit.parents
        ],
    }


def no_rules(_: Asked) -> Response:
    """List the rules of a branch, or all rulesets: there are none."""
    return as_json([])
