"""Write docs/transforms.md anew: every row of the transform table, shown on one theme.

Run it as ``python scripts/show_transforms.py``; the words of the page stay, what stands between its marks is rewritten.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from motifgen.motif.likeness import likeness
from motifgen.motif.motif import Motif
from motifgen.motif.transform.table import Row, parse_transform, transforms

PAGE = Path(__file__).parent.parent / "docs" / "transforms.md"
THEME = Motif.parse("A3/e | [Dm] D4/q. E4/e F4/q A4/q | [A7] G4/q. E4/e [Dm] D4/h", key="D minor")
FAMILIES = {
    "pitch": "Pitch",
    "time": "Time",
    "form": "Form",
    "meeting": "Meeting: a follower, a second line, another motif",
    "harmony": "Harmony: other chords, the same melody",
    "meaning": "Meaning only: no note changes",
}


def shown(row: Row) -> str:
    """Return a row of the page: how it is written, what it does, what becomes of the theme, how much of it is heard."""
    made = parse_transform(row.example)(THEME)
    arguments = row.arguments.replace("|", "\\|").replace("<", "‹").replace(">", "›")
    key = "" if (made.key, made.meter) == (THEME.key, THEME.meter) else f"{made.key} {made.meter}: "
    text = f"{key}{made}".replace("|", "\\|")
    hard = " · hard" if row.hard else ""
    return f"| `{row.name}` {arguments} | {row.summary} | `{row.example}` | `{text}` | {likeness(THEME, made).total:.2f}{hard} |"


def tables() -> str:
    """Return a table for each family."""
    found = []
    for family, rows in groupby(sorted(transforms(), key=lambda row: list(FAMILIES).index(row.family)), key=lambda row: row.family):
        head = ["| write | it does | for example | the theme becomes | likeness |", "|---|---|---|---|---|"]
        found.append("\n".join([f"### {FAMILIES[family]}", "", *head, *map(shown, rows)]))
    return "\n\n".join(found)


def main() -> None:
    """Put the tables between the marks of the page."""
    start, end = "<!-- shown -->", "<!-- end -->"
    head, rest = PAGE.read_text(encoding="utf-8").split(start)
    PAGE.write_text(
        f"{head}{start}\n\nThe theme: `{THEME.text(heading=True)}`\n\n{tables()}\n\n{end}{rest.split(end)[1]}", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
