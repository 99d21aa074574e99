"""Steps that are known by their names, so that nobody loads all of them."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from releasio import steps
from releasio.cli.waiting import ASKING, LONG, USERS, is_users, may_ask, takes_time
from releasio.rules.running.remote import Remote
from releasio.steps.build.artefacts import Artefacts
from releasio.steps.build.build import Build, Record
from releasio.steps.prepare.run_hook import RunHook
from releasio.steps.publish.push import Push


def test_there_are_steps_of_these_names() -> None:
    modules = pkgutil.walk_packages(steps.__path__, "releasio.steps.")
    classes = {
        name
        for module in modules
        for name, value in vars(importlib.import_module(module.name)).items()
        if hasattr(value, "probe")
    }

    assert set() == {*LONG, *ASKING, *USERS} - classes


def artefacts(hook: str | None) -> Artefacts:
    return Artefacts("demo", "1.0", "v1.0", None, "", hook=hook)


def push(url: str) -> Push:
    return Push(Remote("origin", url), "main", (), None, "")


def test_a_push_takes_time_and_may_ask_where_it_goes_by_ssh() -> None:
    pushes = [push(url) for url in ("ssh://git@host/a", "git@host:a", "https://a@host/a", "/a")]

    assert [True] * 4 == [takes_time(step) for step in pushes]
    assert [True, True, False, False] == [may_ask(step) for step in pushes]


@pytest.mark.parametrize("step", [Build(artefacts(None)), Record(artefacts("make"))])
def test_of_others_the_output_is_not_the_users(step: Build | Record) -> None:
    assert not is_users(step)


def test_a_hook_is_the_users() -> None:
    assert is_users(Build(artefacts("make")))
    assert is_users(RunHook("pre_release", "make", {}, ""))
