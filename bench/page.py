"""What a release of a whole history tells on its page, printed: all its commits in one range."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from releasio.config.tables.forge import GithubConfig
from releasio.config.tables.model import Config
from releasio.rules.commits.reading import read_changes
from releasio.rules.forge.links import Links
from releasio.rules.notes.listed import told
from releasio.rules.notes.people import People
from releasio.rules.notes.release_body import ReleaseStory, release_body
from releasio.world.git.git import Git

config = Config()
git = Git.open(Path.cwd(), os.environ)
reading = read_changes(git.history.commits(None), config.commits)
links = Links("github", "https://github.com/ada/demo")
story = ReleaseStory(
    project="demo",
    version="2.0.0",
    tag="v2.0.0",
    previous="v1.0.0",
    changes=told(reading, config),
    commits=reading.commits,
    people=People(config.changelog, links, {}),
    links=links,
)
sys.stdout.write(release_body(story, config.changelog, GithubConfig()))
