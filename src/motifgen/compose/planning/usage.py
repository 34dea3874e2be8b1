"""The usage map: over a film, who is heard, where, how altered, and how long since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from motifgen.compose.desk import Plan

_WIDTH, _LEFT, _ROW = 960, 130, 26
_HUES = {"theme": "#7a3b2e", "fragment": "#c08457", "counter": "#3b6978", "ostinato": "#84a9ac", "harmony": "#cbb994"}


@dataclass(frozen=True, slots=True)
class Use:
    """One statement within the film.

    ``at`` and ``length`` are seconds, counted from the first frame of the film's first scene; ``since`` is how long the theme
    was silent before, ``None`` the first time.
    """

    who: str
    scene: str
    at: Fraction
    length: Fraction
    treatment: str
    transforms: tuple[str, ...]
    key: str
    likeness: float
    since: Fraction | None


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key of the film: in which scene, from when (seconds from the film's first frame), and what took the music there."""

    scene: str
    at: Fraction
    key: str
    why: str


def keys_used(plans: Iterable[Plan]) -> tuple[KeyUse, ...]:
    """Return the keys through which a film goes, in order of time; placed as `usage` places its statements."""
    ordered = list(plans)
    return tuple(
        KeyUse(plan.spotting.scene.id, start + plan.spotting.seconds(area.at), str(area.key), area.why)
        for plan, start in zip(ordered, _starts(ordered), strict=True)
        for area in plan.keys
    )


def usage(plans: Iterable[Plan]) -> tuple[Use, ...]:
    """Return every statement of a film, in order of time, from the plans of its scenes.

    Scenes are placed by their timecodes; those that do not follow each other in time are laid end to end instead.
    """
    ordered = list(plans)
    starts = _starts(ordered)
    heard: dict[str, Fraction] = {}
    found = []
    for plan, start in zip(ordered, starts, strict=True):
        for s in plan.statements:
            at, end = (start + plan.spotting.seconds(place) for place in (s.start, s.end))
            last = heard.get(s.who.key)
            since = None if last is None else max(at - last, Fraction(0))
            found.append(Use(s.who.name, plan.spotting.scene.id, at, end - at, s.treatment, s.transforms, str(s.key), s.likeness, since))
            heard[s.who.key] = max(end, heard.get(s.who.key, end))
    return tuple(found)


def usage_table(uses: Iterable[Use]) -> str:
    """Return the usage map as an aligned plain-text table.

    Examples
    --------
    >>> use = Use("Mara", "1m1", Fraction(3), Fraction(4), "theme", (), "D minor", 1.0, None)
    >>> print(usage_table([use]))
    who   scene  at   as     changed  key      likeness  silent before
    Mara  1m1    3.0  theme  plain    D minor  1.00      first time
    """
    rows: list[tuple[str, ...]] = [("who", "scene", "at", "as", "changed", "key", "likeness", "silent before")]
    for use in uses:
        since = "first time" if use.since is None else f"{float(use.since):.1f} s"
        changed = ", ".join(use.transforms) or "plain"
        rows.append((use.who, use.scene, f"{float(use.at):.1f}", use.treatment, changed, use.key, f"{use.likeness:.2f}", since))
    return _aligned(rows)


def _aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def keys_table(keys: Iterable[KeyUse]) -> str:
    """Return the film's keys as an aligned plain-text table.

    Examples
    --------
    >>> print(keys_table([KeyUse("1m1", Fraction(0), "D minor", "the key of Mara, at home")]))
    scene  from  key      why
    1m1    0.0   D minor  the key of Mara, at home
    """
    return _aligned([("scene", "from", "key", "why"), *((it.scene, f"{float(it.at):.1f}", it.key, it.why) for it in keys)])


def usage_svg(uses: Iterable[Use], keys: Iterable[KeyUse] = ()) -> str:
    """Return the usage map as one SVG element: a row a theme, time to the right, the paler the less like itself; keys underneath."""
    found, regions = list(uses), list(keys)
    names = list(dict.fromkeys(use.who for use in found))
    end = float(max((use.at + use.length for use in found), default=Fraction(1)))
    height = _ROW * (len(names) + 1 + bool(regions))
    parts = [f'<text x="4" y="{_ROW * i + 18}" font-size="12">{escape(name)}</text>' for i, name in enumerate(names)]
    parts += [_block(use, names.index(use.who), end) for use in found]
    parts += [
        f'<text x="{_LEFT + 70 * i}" y="{height - 8}" font-size="11" fill="{hue}">{name}</text>'
        for i, (name, hue) in enumerate(_HUES.items())
    ]
    parts += [_region(it, len(names), end) for it in regions]
    size = f'width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="sans-serif">{"".join(parts)}</svg>'


def _region(it: KeyUse, row: int, end: float) -> str:
    x, y = _LEFT + float(it.at) * (_WIDTH - _LEFT - 8) / end, _ROW * row
    title = f"<title>{escape(f'{it.scene} {float(it.at):.1f} s: {it.key}, {it.why}')}</title>"
    return (
        f'<path d="M{x:.1f} {y}v{_ROW - 4}" stroke="#999"/><text x="{x + 2:.1f}" y="{y + 18}" font-size="9">{escape(it.key)}{title}</text>'
    )


def _block(use: Use, row: int, end: float) -> str:
    scale = (_WIDTH - _LEFT - 8) / end
    x, width = _LEFT + float(use.at) * scale, max(float(use.length) * scale, 2)
    title = escape(
        f"{use.scene} {float(use.at):.1f} s: {use.treatment}, {', '.join(use.transforms) or 'plain'}, likeness {use.likeness:.2f}"
    )
    shade = f'fill="{_HUES.get(use.treatment, "#777")}" fill-opacity="{0.25 + 0.75 * use.likeness:.2f}"'
    return f'<rect x="{x:.1f}" y="{_ROW * row + 6}" width="{width:.1f}" height="{_ROW - 10}" rx="2" {shade}><title>{title}</title></rect>'


def _starts(plans: list[Plan]) -> list[Fraction]:
    """Return where each scene begins, in seconds from the first."""
    if not plans:
        return []
    first = plans[0].spotting.scene.start
    by_code = [first.until(plan.spotting.scene.start) for plan in plans]
    ends = [start + plan.spotting.scene.length for start, plan in zip(by_code, plans, strict=True)]
    if all(following >= end for end, following in zip(ends, by_code[1:], strict=False)):
        return by_code
    laid = [Fraction(0)]
    for plan in plans[:-1]:
        laid.append(laid[-1] + plan.spotting.scene.length)
    return laid
