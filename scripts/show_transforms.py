"""Write docs/transforms.md anew: every row of the transform table, shown on one theme, as text and as notation.

Run it as ``python scripts/show_transforms.py``, with verovio installed (``pip install -e '.[pages]'``); the words of the page stay, what
stands between its marks is rewritten, and so are the drawings in docs/transforms.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from engraving import engraved

from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import Row, parse_transform, transforms

PAGE = Path(__file__).parent.parent / "docs" / "transforms.md"
DRAWINGS = PAGE.with_suffix("")
THEME = Motif.parse("A3/e | [Dm] D4/q. E4/e F4/q A4/q | [A7] G4/q. E4/e [Dm] D4/h", key="D minor")
FAMILIES = {
    "pitch": "Pitch",
    "time": "Time",
    "form": "Form",
    "meeting": "Meeting: a follower, a second line, another motif",
    "harmony": "Harmony: other chords, the same melody",
    "meaning": "Meaning only: no note changes",
    "force": "Other players: no note changes",
}


def shown(row: Row) -> str:
    """Return a row of the page: how it is written, what it does, what becomes of the theme, how much of it is heard."""
    made = parse_transform(row.example)(THEME)
    arguments = row.arguments.replace("|", "\\|").replace("<", "‹").replace(">", "›")
    key = "" if (made.key, made.meter) == (THEME.key, THEME.meter) else f"{made.key} {made.meter}: "
    text = f"{key}{made}".replace("|", "\\|")
    hard = " · hard" if row.hard else ""
    return f"| `{row.name}` {arguments} | {row.summary} | `{row.example}` | `{text}` | {likeness(THEME, made).total:.2f}{hard} |"


def drawn(row: Row) -> str:
    """Write the drawing of a row, and return the lines of the page that show it."""
    path = DRAWINGS / f"{_slug(row.example)}.svg"
    path.write_text(engraved(parse_transform(row.example)(THEME)), encoding="utf-8")
    return f"`{row.example}`\n\n![{row.name}]({DRAWINGS.name}/{path.name})"


def _slug(example: str) -> str:
    """Return a file name for an example; a motif in braces is no part of it."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"\{.*?\}", "", example).replace("-", " minus ").lower()).strip("-")


def tables() -> str:
    """Return a table for each family, and the notation of its rows."""
    found = []
    for family, group in groupby(sorted(transforms(), key=lambda row: list(FAMILIES).index(row.family)), key=lambda row: row.family):
        rows = list(group)
        head = ["| write | it does | for example | the theme becomes | likeness |", "|---|---|---|---|---|"]
        found.append("\n".join([f"### {FAMILIES[family]}", "", *head, *map(shown, rows)]))
        found.append("\n\n".join([f"#### {FAMILIES[family].split(':')[0]}, as notation", *map(drawn, rows)]))
    return "\n\n".join(found)


def main() -> None:
    """Put the tables and drawings between the marks of the page."""
    DRAWINGS.mkdir(exist_ok=True)
    for old in DRAWINGS.glob("*.svg"):
        old.unlink()
    (DRAWINGS / "theme.svg").write_text(engraved(THEME), encoding="utf-8")
    start, end = "<!-- shown -->", "<!-- end -->"
    head, rest = PAGE.read_text(encoding="utf-8").split(start)
    theme = f"The theme: `{THEME.text(heading=True)}`\n\n![The theme]({DRAWINGS.name}/theme.svg)"
    PAGE.write_text(f"{head}{start}\n\n{theme}\n\n{tables()}\n\n{end}{rest.split(end)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
