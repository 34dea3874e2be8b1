"""Blends of palettes: two styles or more in one, by weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from motifgen.errors import RangeError
from motifgen.orchestra.instrument import find_instrument
from motifgen.orchestra.palette import Palette, palette

_WORTH = 0.15


def blend(weights: Mapping[str, float]) -> Palette:
    """Return a palette made of several: players of all, numbers in between, dialect and rhythm of the heaviest.

    Parameters
    ----------
    weights : Mapping[str, float]
        Style names and their weights, each more than 0.

    Raises
    ------
    UnknownNameError
        When a style is unknown.
    RangeError
        When there is no style, or a weight is not more than 0.

    Examples
    --------
    >>> both = blend({"folk": 0.6, "electronic": 0.4})
    >>> both.name, both.rhythm, "synth pad" in dict(both.ensemble)
    ('folk 0.6 + electronic 0.4', 'reel', True)
    """
    if not weights or not all(weight > 0 for weight in weights.values()):
        raise RangeError("a blend of styles needs weights that are more than 0, as in {folk: 0.6, electronic: 0.4}")
    total = sum(weights.values())
    rows = [(palette(name), weight / total) for name, weight in weights.items()]
    rows.sort(key=lambda row: (-row[1], row[0].name))
    if len(rows) == 1:
        return rows[0][0]
    return _mixed(rows)


def _mixed(rows: Sequence[tuple[Palette, float]]) -> Palette:
    first = rows[0][0]
    return Palette(
        name=" + ".join(f"{row.name} {round(share, 3):g}" for row, share in rows),
        description=" ".join(row.description for row, _ in rows),
        tempo=_pair([(row.tempo, share) for row, share in rows]),
        meters=first.meters,
        bend=_mean([(row.bend, share) for row, share in rows]),
        dialect=first.dialect,
        ensemble=_players(rows),
        roles=tuple((role, _turns([row.choices(role) for row, _ in rows])) for role, _ in first.roles),
        textures=_turns([row.textures for row, _ in rows]),
        dynamics=_pair([(row.dynamics, share) for row, share in rows]),
        rhythm=next((row.rhythm for row, _ in rows if row.rhythm != "none"), "none"),
        density=_mean([(row.density, share) for row, share in rows]),
        width=_mean([(row.width, share) for row, share in rows]),
        short=_mean([(row.short, share) for row, share in rows]),
        push=_mean([(row.push, share) for row, share in rows]),
        touch=first.touch,
        swing=first.swing,
    )


def _mean(values: Sequence[tuple[float, float]]) -> float:
    return round(sum(value * share for value, share in values), 4)


def _pair(values: Sequence[tuple[tuple[float, float], float]]) -> tuple[float, float]:
    low = _mean([(pair[0], share) for pair, share in values])
    return low, _mean([(pair[1], share) for pair, share in values])


def _turns(lists: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names of all lists, taken in turn, each once."""
    return tuple(dict.fromkeys(name for names in zip_longest(*lists) for name in names if name))


def _players(rows: Sequence[tuple[Palette, float]]) -> tuple[tuple[str, int], ...]:
    """Return the ensemble: everybody of a style that counts, fewer of a kind the lighter the style, in score order."""
    counts: dict[str, int] = {}
    for row, share in rows:
        for name, count in row.ensemble if share >= _WORTH else ():
            counts[name] = max(counts.get(name, 0), round(count * min(2 * share, 1.0)), 1)
    order = {name: (find_instrument(name)[0].order, not name.startswith("solo ")) for name in counts}
    return tuple((name, counts[name]) for name in sorted(counts, key=lambda name: order[name]))
