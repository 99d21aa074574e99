"""One job of a workflow: its steps on a machine of its own, what they use in local counterparts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.action.runner import ROOT, Runner
from tests.github.library import evaluate, fill
from tests.setup.recipes.machine import run_script

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.fakes.repository import Repository

    Step = dict[str, Any]

PLATFORMS = {
    "ubuntu-latest": "manylinux_2_28_x86_64",
    "ubuntu-24.04-arm": "manylinux_2_28_aarch64",
    "macos-latest": "macosx_11_0_arm64",
    "windows-latest": "win_amd64",
}


def holds(condition: str, contexts: Mapping[str, Any]) -> bool:
    """Whether the `if:` of a job or step, with or without braces, lets it run."""
    expression = condition.strip().removeprefix("${{").removesuffix("}}")
    return evaluate(f"!!({expression})", contexts) == "true"


@dataclass
class Job:
    """
    A job on its machine.

    Attributes:
        machine: Its folder.
        remote: The repository.
        artifacts: Where the run's artifacts are.
        contexts: `github`, `matrix`, `needs` and `steps`.
        env: The job's environment, on top of this process's.
    """

    machine: Path
    remote: Repository
    artifacts: Path
    contexts: dict[str, Any]
    env: Mapping[str, str]
    log: list[str] = field(default_factory=list)

    def run(self, steps: list[Step]) -> tuple[str, str]:
        """Run *steps* until one fails; return `success` or `failure`, and the log."""
        self.workspace.mkdir(parents=True)
        (self.machine / "temp").mkdir()
        for step in steps:
            if "if" in step and not holds(step["if"], self.contexts):
                continue
            code, outputs = self._step(step)
            self.contexts["steps"][step.get("id", "")] = {"outputs": outputs}
            if code:
                return "failure", "".join(self.log)
        return "success", "".join(self.log)

    @property
    def workspace(self) -> Path:
        return self.machine / "workspace"

    def _step(self, step: Step) -> tuple[int, dict[str, str]]:
        """Run one; return its exit code and its outputs."""
        if "run" in step:
            return self._script(step), {}
        name = step["uses"].partition("@")[0]
        self.log.append(f"Run {step['uses']}\n")
        inputs = {key: self._filled(value) for key, value in step.get("with", {}).items()}
        if name.endswith("/releasio/action"):
            return self._action(inputs)
        use: Callable[[dict[str, str]], int] = {
            "actions/checkout": self._checkout,
            "actions/setup-python": lambda _: 0,
            "actions/upload-artifact": self._upload,
            "actions/download-artifact": self._download,
            "pypa/cibuildwheel": self._wheels,
        }[name]
        return use(inputs), {}

    def _filled(self, value: object) -> str:
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return fill(text, self.contexts)

    def _script(self, step: Step) -> int:
        env = {name: self._filled(text) for name, text in step.get("env", {}).items()}
        files = {"OUTPUT": "output", "STEP_SUMMARY": "summary"}
        env |= {f"GITHUB_{n}": str(self.machine / "temp" / file) for n, file in files.items()}
        code, output = run_script(
            self.machine, self.workspace, self._filled(step["run"]), {**self.env, **env}
        )
        self.log.append(f"Run {step['run']}\n{output}")
        return code

    def _action(self, inputs: dict[str, str]) -> tuple[int, dict[str, str]]:
        temp = self.machine / "temp"
        python = {"python": Path(sys.executable).as_posix()}
        runner = Runner(self.workspace, temp, ROOT / "action", dict(self.env), {"install": python})
        token = {"github-token": self.contexts["github"]["token"]}
        result = runner.run(token | inputs)
        self.log.append(result.log)
        return result.code, result.outputs

    def _checkout(self, inputs: dict[str, str]) -> int:
        ref = inputs.get("ref") or self.contexts["github"]["ref"]
        depth = int(inputs.get("fetch-depth", "1"))
        shutil.rmtree(self.workspace)
        clone = self.remote.clone(self.workspace, *([f"--depth={depth}"] if depth else []))
        clone.git("remote", "set-url", "origin", str(self.remote.path))
        name = ref.removeprefix("refs/heads/")
        if name.startswith("refs/"):
            clone.git("fetch", "--quiet", "origin", f"{name}:{name}", check=False)
            clone.git("checkout", "--quiet", "--detach", name)
        else:
            clone.git("checkout", "--quiet", "-B", name, f"origin/{name}")
        return 0

    def _upload(self, inputs: dict[str, str]) -> int:
        """Keep the files of the patterns, below the folder that they have in common."""
        folder = self.artifacts / inputs["name"]
        files: set[Path] = set()
        for pattern in inputs["path"].split():
            found = self._files(pattern.removeprefix("!"))
            files = files - found if pattern.startswith("!") else files | found
        root = Path(os.path.commonpath([file.parent for file in files] or [self.workspace]))
        for file in files:
            (folder / file.relative_to(root)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, folder / file.relative_to(root))
        self.log.append(f"{len(files)} files uploaded\n")
        return 0 if files or inputs.get("if-no-files-found") != "error" else 1

    def _files(self, pattern: str) -> set[Path]:
        path = self.workspace / pattern
        found = path.rglob("*") if path.is_dir() else self.workspace.glob(pattern)
        return {file for file in found if file.is_file()}

    def _download(self, inputs: dict[str, str]) -> int:
        for folder in self.artifacts.glob(inputs.get("pattern") or inputs.get("name") or "*"):
            shutil.copytree(folder, self.workspace / inputs["path"], dirs_exist_ok=True)
        return 0

    def _wheels(self, _: dict[str, str]) -> int:
        """Build the project's wheel, and say of it that it is for the platform of the leg."""
        manifest = self.workspace / "pyproject.toml"
        text = manifest.read_bytes()
        tag = f'\n[tool.inline]\ntag = "py3-none-{PLATFORMS[self.contexts["matrix"]["system"]]}"\n'
        manifest.write_bytes(text + tag.encode())
        (self.workspace / "wheelhouse").mkdir()
        build = "import inline_backend; inline_backend.build_wheel('wheelhouse')"
        env = {**os.environ, "PYTHONPATH": str(self.workspace / "inline")}
        subprocess.run([sys.executable, "-c", build], cwd=self.workspace, env=env, check=True)
        manifest.write_bytes(text)
        return 0
