"""Who plays: short names of parts, joined where a whole family is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from motifgen.files.notation.clefs import customs
from motifgen.files.notation.lanes import Lane
from motifgen.sketch.score import StaffPart, StaffText

_WHOLE = {"strings": ("Str.", 4), "woodwind": ("W.W.", 5), "brass": ("Brass", 5), "voice": ("Choir", 3)}
_MOST = 4
_SILENT = 4
_APART = 2


def cues(rows: Sequence[Sequence[Lane]], name: str, parts: Mapping[str, StaffPart], *, below: bool = False) -> Iterator[StaffText]:
    """Yield who plays a lane: where it begins or comes back after four bars, and where half of the players are others.

    Two cues of a lane stand at least two bars apart.
    """
    said, told, last = set[str](), -_SILENT, -_SILENT - 1
    for number, row in enumerate(rows):
        for lane in row:
            if lane.name != name or not lane.chords:
                continue
            now = set(lane.parts)
            others = len(now & said) * 2 <= len(now | said)
            if number - last > _SILENT or (others and number - told >= _APART):
                order = [part for key, part in parts.items() if key in now]
                yield StaffText(lane.chords[0][0].onset, "cue below" if below else "cue", label(order))
                said, told = now, number
            last = number


def label(parts: Sequence[StaffPart]) -> str:
    """Return the cue over a voice of a short score: ``Hn. 1-4, Vc.``, or ``Str.`` where four string parts or more play it.

    Examples
    --------
    >>> horns = [StaffPart(f"Horn {n}", "horn", -7, "treble", 60, False, (), "brass") for n in (1, 2, 3)]
    >>> cello = StaffPart("Cellos", "cello", 0, "bass", 42, False, (), "strings")
    >>> label([*horns, cello])
    'Hn. 1-3, Vc.'
    """
    found: list[str] = []
    for family, members in _grouped(parts, key="family").items():
        name, least = _WHOLE.get(family, ("", 0))
        if name and len(members) >= least:
            found.append(name)
        else:
            found += [_numbered(each) for each in _grouped(members, key="instrument").values()]
    return ", ".join(found if len(found) <= _MOST else [*found[: _MOST - 1], "..."])


def _grouped(parts: Sequence[StaffPart], key: str) -> Mapping[str, list[StaffPart]]:
    made: dict[str, list[StaffPart]] = {}
    for part in parts:
        made.setdefault(getattr(part, key), []).append(part)
    return made


def _numbered(parts: Sequence[StaffPart]) -> str:
    """Return ``Hn. 1-3`` for players of one instrument; names without numbers are joined as they are."""
    custom = customs().get(parts[0].instrument)
    name = custom.abbreviation if custom else parts[0].name
    solo = "Solo " if all(part.name.startswith("Solo") for part in parts) else ""
    numbers = [part.name.split()[-1] for part in parts if part.name.split()[-1].isdigit()]
    if len(numbers) != len(parts):
        romans = [part.name.split()[-1] for part in parts if set(part.name.split()[-1]) <= set("IVX")]
        return solo + " ".join([name, "+".join(romans)] if len(romans) == len(parts) else [name])
    return f"{solo}{name} {numbers[0]}" if len(numbers) == 1 else f"{solo}{name} {numbers[0]}-{numbers[-1]}"
