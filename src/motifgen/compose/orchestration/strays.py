"""Strays: whoever has sung a theme does not put one note of somebody else's layer behind it."""

from __future__ import annotations

from motifgen.compose.orchestration.casting import Casting
from motifgen.compose.orchestration.census import Census
from motifgen.compose.orchestration.roster import Duty

_NOTES, _NEAR, _LONG = 2, 8.0, 4.0
_OWN = frozenset({"hit", "percussion", "melody"})


def gather(casting: Casting, found: Census) -> None:
    """Take from singers what is left of an accompaniment if it is a note or two within two bars of their theme, and shorter than a bar.

    Parameters
    ----------
    found : Census
        Kept up to date as players fall silent.
    """
    for chair in casting.roster.chairs:
        duties = casting.roster.of(chair)
        sung = [duty for duty in duties if duty.role == "melody"]
        for duty in [duty for duty in duties if _stray(duty, sung)]:
            before = found.played(*(each.notes for each in duties if each.role != "hit"))
            casting.roster.change(chair, duty, ())
            duties = casting.roster.of(chair)
            for at in before - found.played(*(each.notes for each in duties if each.role != "hit")):
                found.count[at] -= 1


def _stray(duty: Duty, sung: list[Duty]) -> bool:
    if duty.role in _OWN or duty.fixed or duty.end - duty.start >= _LONG or len({note.quarters[0] for note in duty.notes}) > _NOTES:
        return False
    if any(note.statement >= 0 for note in duty.notes):
        return False
    return any(duty.start < theme.end + _NEAR and theme.start - _NEAR < duty.end for theme in sung)
