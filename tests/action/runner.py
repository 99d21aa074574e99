"""A small GitHub runner: it runs the steps of a composite action in a real bash."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.github.library import fill

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
BASH = ("--noprofile", "--norc", "-eo", "pipefail")
STEP_KEYS = {"name", "id", "uses", "with", "shell", "working-directory", "env", "run"}


@dataclass
class Result:
    """What a run of the action left behind."""

    code: int
    log: str
    summary: str
    outputs: dict[str, str]


@dataclass
class Runner:
    """
    One job on one machine.

    Attributes:
        workspace: The job's checkout.
        temp: A directory for the runner's own files.
        action: The directory of the `action.yml` that is run.
        env: The job's environment, on top of this process's.
        done: Outputs of steps that count as done, by id; they are not run.
    """

    workspace: Path
    temp: Path
    action: Path = ROOT / "action"
    env: dict[str, str] = field(default_factory=dict)
    done: dict[str, dict[str, str]] = field(default_factory=dict)

    def run(self, inputs: Mapping[str, str]) -> Result:
        """Run the action's steps until one fails."""
        definition = yaml.safe_load((self.action / "action.yml").read_text(encoding="utf-8"))
        contexts: dict[str, Any] = {"github": self._github(), "env": self.env, "steps": {}}
        contexts["inputs"] = _inputs(definition["inputs"], inputs, contexts)
        summary = self.temp / "summary"
        summary.touch()
        log, code = "", 0
        for step in definition["runs"]["steps"]:
            code, text, outputs = self._step(step, contexts)
            log += text
            contexts["steps"][step["id"]] = {"outputs": outputs}
            if code:
                break
        results = {
            name: fill(entry["value"], contexts) for name, entry in definition["outputs"].items()
        }
        return Result(code, log, summary.read_text(encoding="utf-8"), results)

    def _github(self) -> dict[str, str]:
        return {
            "action_path": str(self.action),
            "workspace": str(self.workspace),
            "server_url": "https://github.com",
            "token": "ghs_of-the-job",
        }

    def _step(
        self, step: dict[str, Any], contexts: Mapping[str, Any]
    ) -> tuple[int, str, dict[str, str]]:
        unknown = set(step) - STEP_KEYS
        assert not unknown, f"the runner does not know {unknown}"
        if step["id"] in self.done:
            return 0, "", self.done[step["id"]]
        if "uses" in step:
            return 0, "", _used(step["uses"])
        assert step["shell"] == "bash"
        # the runner expands expressions in the script too; that ours has none is a test of its own
        script = self.temp / f"{step['id']}.sh"
        script.write_text(fill(step["run"], contexts), encoding="utf-8", newline="\n")
        output = self.temp / f"{step['id']}.output"
        output.touch()
        done = subprocess.run(
            [bash(), *BASH, str(script)],
            cwd=self.workspace / fill(step.get("working-directory", "."), contexts),
            env=self._environment(output)
            | {name: fill(text, contexts) for name, text in step["env"].items()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout, read_outputs(output.read_text(encoding="utf-8"))

    def _environment(self, output: Path) -> dict[str, str]:
        return {
            **os.environ,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_WORKSPACE": str(self.workspace),
            "RUNNER_TEMP": str(self.temp),
            **self.env,
        }


def bash() -> str:
    """Return the bash that comes with git on Windows, where another may start a Linux."""
    if sys.platform == "win32":
        git = shutil.which("git")
        assert git
        return str(Path(git).parents[1] / "bin" / "bash.exe")
    return "bash"


def read_outputs(text: str) -> dict[str, str]:
    """
    Parse a `GITHUB_OUTPUT` file as the runner does: `name=value`, or a here-document.

    Raises:
        ValueError: A line is neither; the runner fails the step for it.
    """
    outputs = {}
    lines = iter(text.splitlines())
    for line in lines:
        name, equals, value = line.partition("=")
        if "<<" in name or not equals:
            name, mark, end = line.partition("<<")
            if not mark:
                msg = f"neither name=value nor name<<END: {line!r}"
                raise ValueError(msg)
            value = "\n".join(iter(lambda end=end: next(lines, end), end))
        outputs[name] = value
    return outputs


def _inputs(
    declared: dict[str, Any], given: Mapping[str, str], contexts: Mapping[str, Any]
) -> dict[str, str]:
    unknown = set(given) - set(declared)
    assert not unknown, f"the action has no input {unknown}"
    missing = {name for name, entry in declared.items() if entry["required"]} - set(given)
    assert not missing, f"the action needs {missing}"
    return {
        name: given.get(name, fill(entry.get("default", ""), contexts))
        for name, entry in declared.items()
    }


def _used(reference: str) -> dict[str, str]:
    """Answer for an action of somebody else's that ours uses."""
    assert reference.startswith("actions/setup-python@"), f"the runner does not know {reference}"
    return {"python-path": sys.executable}
