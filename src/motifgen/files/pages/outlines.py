"""Path data of SVG as points and pen moves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"[MmLlHhVvCcSsQqZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "Z": 0}
Point = tuple[float, float]
#: What the pen does: ``M`` move, ``L`` line, ``C`` cubic curve (three points), ``Z`` close.
Move = tuple[str, tuple[Point, ...]]


def moves(data: str) -> Iterator[Move]:
    """Yield the pen's moves of path data, all absolute and curves cubic.

    Raises
    ------
    ValueError
        For a command that no engraver here writes, such as an arc.

    Examples
    --------
    >>> list(moves("M1 2h3z"))
    [('M', ((1.0, 2.0),)), ('L', ((4.0, 2.0),)), ('Z', ())]
    """
    if set(re.findall(r"[A-Za-z]", data)) - set("MmLlHhVvCcSsQqZze"):
        raise ValueError(f"path data with a command beyond lines and curves: {data[:40]!r}")
    pen = _Pen()
    for command, numbers in _commands(data):
        yield pen.take(command, numbers)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", list[float]()
    for token in _TOKEN.findall(data):
        if token.isalpha():
            command, numbers = token, []
            if command in "Zz":
                yield command, []
            continue
        numbers.append(float(token))
        if len(numbers) == _TAKES[command.upper()]:
            yield command, numbers
            numbers = []
            command = {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    """Where the pen is, where its stroke began, and where a smooth curve would go on to."""

    def __init__(self) -> None:
        self.at: Point = (0.0, 0.0)
        self.begun: Point = (0.0, 0.0)
        self.aim: Point = (0.0, 0.0)

    def take(self, command: str, numbers: Sequence[float]) -> Move:
        """Return one command as a move."""
        kind = command.upper()
        if kind == "Z":
            self.at = self.aim = self.begun
            return "Z", ()
        points = self._points(kind, numbers, self.at if command.islower() else (0.0, 0.0))
        if kind == "S":
            points = (self.aim, *points)
        self.at = points[-1]
        self.aim = (2 * self.at[0] - points[-2][0], 2 * self.at[1] - points[-2][1]) if kind in "CSQ" else self.at
        if kind == "M":
            self.begun = self.at
        return ("C" if kind in "CSQ" else "M" if kind == "M" else "L"), points

    def _points(self, kind: str, numbers: Sequence[float], origin: Point) -> tuple[Point, ...]:
        x, y = origin
        if kind == "H":
            return ((x + numbers[0], self.at[1]),)
        if kind == "V":
            return ((self.at[0], y + numbers[0]),)
        points = tuple((x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True))
        if kind == "Q":
            (a, b), (c, d), (e, f) = self.at, *points
            return (a + 2 * (c - a) / 3, b + 2 * (d - b) / 3), (e + 2 * (c - e) / 3, f + 2 * (d - f) / 3), (e, f)
        return points
