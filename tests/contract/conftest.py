"""The command line in this process, in a folder of its own."""

from __future__ import annotations

import sys
from typing import NamedTuple

import pytest

from motifgen.cli import main


class Outcome(NamedTuple):
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


@pytest.fixture
def command(tmp_path, monkeypatch, capsys):
    """Return what runs ``motifgen`` with some words in an empty folder, the current one."""
    monkeypatch.chdir(tmp_path)

    def started(*arguments):
        monkeypatch.setattr(sys, "argv", ["motifgen", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Outcome(ended.value.code or 0, said.out, said.err)

    return started
