"""Every extra that a message or a page names is one that can be installed, and every package that it brings is pinned."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAMED = re.compile(r"\bmotifgen\[([a-z, ]+)\]|'?\.\[([a-z, ]+)\]")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def named() -> dict[str, Path]:
    """Return every extra that is named, and a file that names it."""
    pages = [*ROOT.glob("src/motifgen/**/*.py"), *ROOT.glob("docs/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
    found: dict[str, Path] = {}
    for page in pages:
        for match in NAMED.finditer(page.read_text(encoding="utf-8")):
            found |= {extra.strip(): page for extra in (match[1] or match[2]).split(",")}
    return found


def test_every_extra_that_is_named_exists() -> None:
    assert {"cluster", "pages", "ports"} <= set(named())
    assert {extra: page for extra, page in named().items() if extra not in PROJECT["optional-dependencies"]} == {}


def test_every_package_of_an_extra_is_pinned() -> None:
    pinned = {line.split("==")[0].casefold().replace("_", "-") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split()}
    wanted = [*PROJECT["dependencies"], *(it for extra in PROJECT["optional-dependencies"].values() for it in extra)]
    names = {re.split(r"[<>=~!\[ ;]", text)[0].casefold().replace("_", "-") for text in wanted}
    assert names - pinned == set()
