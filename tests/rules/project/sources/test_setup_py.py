from __future__ import annotations

import pytest

from tests.rules.project.sources.sample import MODULE, check_edit

FILES = [
    ({"setup.py": "setup(name='demo', # version='1.2.0'\n version='@')\n"}, ["setup.py"]),
    ({"setup.py": "VERSION = '@'\nsetup(name='demo', version=VERSION)\n"}, ["setup.py"]),
    ({"setup.py": "args = dict(name='demo', version='@')\nsetup(**args)\n"}, ["setup.py"]),
    (
        {
            "setup.py": "exec(open('demo/about.py').read(), about)\n"
            "setup(name='demo', version=about['__version__'])\n",
            "demo/about.py": MODULE,
        },
        ["demo/about.py"],
    ),
    (
        {
            "setup.py": "exec(open(join('src', 'demo', 'about.py')).read(), about)\n"
            "setup(name=about['__title__'], version=about['__version__'])\n",
            "src/demo/about.py": '__title__ = "demo"\n__version__ = "@"\n',
        },
        ["src/demo/about.py"],
    ),
    (
        {
            "setup.py": "META = read(join('src', 'demo', 'about.py'))\n"
            "def find_meta(meta):\n    return re.search(f'__{meta}__ = (.*)', META)[1]\n"
            "setup(name=find_meta('title'), version=find_meta('version'))\n",
            "src/demo/about.py": '__title__ = "demo"\n__version__ = "@"\n',
        },
        ["src/demo/about.py"],
    ),
    (
        {
            "setup.py": "file = open('demo/__init__.py')\ntry:\n    meta = {}\n"
            "    for line in file:\n        meta.update(entry(line))\nfinally:\n    file.close()\n"
            "setup(name='demo', version=meta['version'], data=['demo/VERSION'])\n",
            "demo/__init__.py": MODULE,
            "demo/VERSION": "1.1",
        },
        ["demo/__init__.py"],
    ),
    (
        {
            "setup.py": "import demo as package\nsetup(name='demo', version=package.__version__)\n",
            "demo/__init__.py": MODULE,
        },
        ["demo/__init__.py"],
    ),
    (
        {
            "setup.py": "text = open('demo.py').read()\n"
            "setup(name='demo', version=re.search('VERSION = (.*)', text)[1])\n",
            "demo.py": 'VERSION = "@"\n__version__ = "9.9.9"\n',
        },
        ["demo.py"],
    ),
    (
        {
            "setup.py": "from demo import __version__\nsetup(name='demo', version=__version__)\n",
            "demo/__init__.py": MODULE,
        },
        ["demo/__init__.py"],
    ),
    (
        {
            "setup.py": "text = read(os.path.join('src', 'demo', '__init__.py'))\n"
            "setup(name='demo', version=re.search(PATTERN, text)[1])\n",
            "src/demo/__init__.py": MODULE,
        },
        ["src/demo/__init__.py"],
    ),
    (
        {
            "setup.py": "ns = {}\nexec(open('demo/__init__.py').read(), ns)\n"
            "setup(name='demo', version=ns['version'])\n",
            "demo/__init__.py": 'version = "@"\n',
        },
        ["demo/__init__.py"],
    ),
    (
        {
            "setup.py": "v = open('VERSION').read()\nfill(os.path.join('demo', '__init__.py'), v)\n"
            "setup(name='demo', version=v)\n",
            "VERSION": "@\n",
            "demo/__init__.py": '__version__ = "git"\n',
        },
        ["VERSION"],
    ),
    (
        {
            "setup.py": "with open('Cargo.toml', 'rb') as file:\n    data = tomllib.load(file)\n"
            "setup(name='demo', version=data['package']['version'])\n",
            "Cargo.toml": '[package]\nversion = "@"\n',
        },
        ["Cargo.toml"],
    ),
    (
        {
            "setup.py": "import versioninfo\nfound = versioninfo.version()\n"
            "setup(name='demo', version=found)\n",
            "versioninfo.py": "def version():\n"
            "    with open(join('src', 'demo', '__init__.py')) as f:\n"
            "        return search('__version__ = (.*)', f.read())[1]\n",
            "src/demo/__init__.py": MODULE,
        },
        ["src/demo/__init__.py"],
    ),
    (
        {
            "setup.py": "from _bootstrap import get_version\n"
            "kw = dict(name='demo', version=get_version())\nsetup(**kw)\n",
            "_bootstrap.py": "def get_version():\n    path = ROOT / 'demo' / '__init__.py'\n"
            "    return parse(path.read_text())\n",
            "demo/__init__.py": MODULE,
        },
        ["demo/__init__.py"],
    ),
]


@pytest.mark.parametrize(("files", "paths"), FILES, ids=lambda value: str(value)[:60])
def test_what_setup_py_reads_is_found_and_changed(files: dict[str, str], paths: list[str]) -> None:
    check_edit(files, paths)
