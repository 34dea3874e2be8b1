"""The page of transforms shows every row of the table, as text and as notation."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from motifgen.motif.transform.table import transforms

PAGE = Path(__file__).parents[2] / "docs" / "transforms.md"
TEXT = PAGE.read_text(encoding="utf-8")
SHOWN = re.findall(r"^`(.*)`\n\n!\[(.*)\]\((.*\.svg)\)$", TEXT, flags=re.MULTILINE)


def test_every_row_is_shown_once():
    assert sorted((row.example, row.name) for row in transforms()) == sorted((example, name) for example, name, _ in SHOWN)
    assert all(f"| `{row.name}` " in TEXT for row in transforms())


def test_every_drawing_is_on_the_page_once():
    files = sorted(path for *_, path in SHOWN)
    assert all(a != b for a, b in pairwise(files))
    assert {path.name for path in (PAGE.parent / "transforms").iterdir()} == {Path(path).name for path in files} | {"theme.svg"}


@pytest.mark.parametrize("path", sorted(path for *_, path in SHOWN))
def test_drawings_are_small_and_hold_notes(path):
    drawing = (PAGE.parent / path).read_text(encoding="utf-8")
    assert drawing.startswith("<svg ")
    assert drawing.count('class="note"') >= 1
    assert len(drawing) < 20_000
