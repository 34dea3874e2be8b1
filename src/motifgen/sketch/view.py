"""A recording as one SVG picture: the asked arc, the hits, the statements and every part's notes over seconds."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np

from motifgen.sketch.recording import Part, Recording

WIDTH, LEFT, TOP, LANE = 1000, 130, 138, 34
#: How far down the rows of hits' names are, and how wide a letter is at font size 10.
_ROWS, _LETTER = (28, 40, 52), 5.3
_LONGEST = 40
_CURVES = {"tension": "#b3402e", "arousal": "#d08a1d", "valence": "#2e7d5b"}
_FAMILY = {
    "strings": "#8c4a2f", "woodwind": "#3d7a4f", "brass": "#b8860b", "percussion": "#555555", "keys": "#3b4f8f", "plucked": "#7a5195",
    "voice": "#ad4f79", "electronic": "#2a8a94",
}  # fmt: skip


def svg(recording: Recording) -> str:
    """Return a self-contained SVG of a recording, 1000 units wide: what a notebook and the film's page show.

    The upper band holds the asked tension, arousal and valence and the hits (vertical lines); below it every part has a
    lane with its notes, shaded where it states a theme.
    """
    length = float(recording.tempo.seconds(recording.end_tick))
    height = TOP + LANE * len(recording.parts) + 24
    body = [*_arc(recording.ledger, length), *_statements(recording, length)]
    for lane, part in enumerate(recording.parts):
        body += _lane(part, recording, TOP + LANE * lane, length)
    body += [*_hits(recording.ledger, length, height), *_ruler(length, height)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="10">'
        f'<rect width="{WIDTH}" height="{height}" fill="#fffdf8"/>{"".join(body)}</svg>'
    )


def _x(seconds: float, length: float) -> float:
    return round(LEFT + (WIDTH - LEFT - 12) * seconds / max(length, 1e-9), 2)


def _arc(ledger: dict[str, Any], length: float) -> Iterator[str]:
    for row, (axis, colour) in enumerate(_CURVES.items()):
        points = " ".join(f"{_x(p['seconds'], length)},{round(90 - 34 * p[axis], 1)}" for p in ledger["arc"])
        yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.5"/>'
        yield f'<text x="8" y="{74 + 14 * row}" fill="{colour}">{axis}</text>'
    yield f'<text x="8" y="16" font-size="13" font-weight="bold">{escape(" ".join((ledger["scene"], ledger["title"])))}</text>'


def _hits(ledger: dict[str, Any], length: float, height: int) -> Iterator[str]:
    """Yield the hits; each name stands in the highest row where it does not run into the one before."""
    ends = dict.fromkeys(_ROWS, 0.0)
    for hit in sorted(ledger["hits"], key=lambda hit: float(hit["landed_seconds"])):
        x = _x(hit["landed_seconds"], length)
        dash = "" if hit["met"] else ' stroke-dasharray="3 3"'
        said = f"{hit['do']}: {hit['what']}".removesuffix(": ")
        said = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1].rstrip()}…"
        at = min(x + 2, WIDTH - _LETTER * len(said))
        row = next((row for row, end in ends.items() if end <= at), min(ends, key=ends.__getitem__))
        ends[row] = at + _LETTER * (len(said) + 1)
        yield f'<line x1="{x}" x2="{x}" y1="{row - 8}" y2="{height - 20}" stroke="#444" stroke-width=".7"{dash}/>'
        yield f'<text x="{at:.2f}" y="{row}" fill="#444">{escape(said)}</text>'


def _statements(recording: Recording, length: float) -> Iterator[str]:
    """Yield the statements as shades behind the notes; each is named once, where there is room; the others when pointed at."""
    lanes = {part.name: lane for lane, part in enumerate(recording.parts)}
    ends = dict.fromkeys(lanes, 0.0)
    names: list[str] = []
    for statement in recording.ledger["statements"]:
        caption, x = _caption(statement), _x(statement["start_seconds"], length)
        width = max(round(_x(statement["end_seconds"], length) - x, 2), 1)
        for name in statement["parts"]:
            box = f'x="{x}" y="{TOP + LANE * lanes[name]}" width="{width}" height="{LANE - 3}"'
            yield f'<rect {box} fill="#f3d9c9"><title>{escape(caption)}</title></rect>'
        free = [name for name in statement["parts"] if ends[name] <= x]
        if free:
            at = min(x + 2, WIDTH - 0.8 * _LETTER * len(caption))
            ends[free[0]] = at + 0.8 * _LETTER * (len(caption) + 1)
            y = TOP + LANE * lanes[free[0]] + 9
            names.append(f'<text x="{at:.2f}" y="{y}" font-size="8" fill="#9a4a26">{escape(caption)}</text>')
    yield from names


def _caption(statement: dict[str, Any]) -> str:
    return f"{statement['who']}: {', '.join(statement['transforms']) or 'plain'}"


def _lane(part: Part, recording: Recording, y: int, length: float) -> Iterator[str]:
    colour = _FAMILY.get(part.family, "#333")
    yield f'<text x="8" y="{y + 20}" fill="{colour}">{escape(part.name[:22])}</text>'
    yield f'<line x1="{LEFT}" x2="{WIDTH - 12}" y1="{y + LANE - 1}" y2="{y + LANE - 1}" stroke="#ddd" stroke-width=".5"/>'
    if not len(part.notes):
        return
    low, high = int(part.notes["pitch"].min()), int(part.notes["pitch"].max())
    rows = np.round(y + LANE - 6 - (part.notes["pitch"] - low) * (LANE - 12) / max(high - low, 12), 1)
    for note, row in zip(part.notes, rows.tolist(), strict=True):
        start, end = (float(recording.tempo.seconds(int(note[name]))) for name in ("onset_tick", "end_tick"))
        width = max(_x(end, length) - _x(start, length), 0.6)
        opacity = 0.3 + 0.7 * int(note["velocity"]) / 127
        yield f'<rect x="{_x(start, length)}" y="{row}" width="{width:.2f}" height="2.4" fill="{colour}" opacity="{opacity:.2f}"/>'


def _ruler(length: float, height: int) -> Iterator[str]:
    step = next(step for step in (1, 2, 5, 10, 30, 60, 300, 10**9) if length / step <= 20)
    for second in range(0, int(length) + 1, step):
        yield f'<text x="{_x(second, length)}" y="{height - 6}" fill="#777" text-anchor="middle">{second // 60}:{second % 60:02}</text>'
