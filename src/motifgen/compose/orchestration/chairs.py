"""Chairs: the players and sections of an ensemble, each with a name of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from motifgen.orchestra.instrument import Instrument, find_instrument
from motifgen.orchestra.palette import Palette

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


class Chair(NamedTuple):
    """A player or section.

    Parameters
    ----------
    name : str
        Unique in the ensemble: ``"Horn 2"``, ``"Violins I"``, ``"Solo Cello"``.
    instrument : Instrument
    players : int
    alone : bool
        Whether one player of a section instrument plays alone.
    number : int
        From 0, among chairs of the same kind.
    """

    name: str
    instrument: Instrument
    players: int
    alone: bool = False
    number: int = 0

    @property
    def order(self) -> tuple[int, bool, int]:
        """Return its place in the score: by instrument, soloists above their section."""
        return (self.instrument.order, not self.alone, self.number)

    @property
    def label(self) -> str:
        """Return the name under which a palette lists it."""
        return f"solo {self.instrument.name}" if self.alone else self.instrument.name


def ensemble(palette: Palette) -> tuple[Chair, ...]:
    """Return the chairs of a palette in score order.

    Examples
    --------
    >>> from motifgen.orchestra.palette import palette
    >>> [chair.name for chair in ensemble(palette("chamber"))][-5:]
    ['Solo Violin 1', 'Solo Violin 2', 'Solo Viola', 'Solo Cello', 'Solo Double Bass']
    """
    found = [chair for name, count in palette.ensemble for chair in _seated(name, count)]
    return tuple(sorted(found, key=lambda chair: chair.order))


def chair_for(text: str, taken: Iterable[str]) -> Chair:
    """Return a chair of its own for an instrument that somebody wished for, named unlike those already taken.

    Raises
    ------
    UnknownNameError
        When no instrument has such a name.
    """
    chair, used, number = next(iter(_seated(text, 1))), set(taken), 2
    name = chair.name
    while chair.name in used:
        chair = Chair(f"{name} {number}", chair.instrument, chair.players, chair.alone, number - 1)
        number += 1
    return chair


def _seated(text: str, count: int) -> Iterable[Chair]:
    instrument, alone = find_instrument(text)
    alone = alone and instrument.section
    players = 1 if alone else instrument.players
    for number in range(count):
        yield Chair(_name(instrument, alone, number, count), instrument, players, alone, number)


def _name(instrument: Instrument, alone: bool, number: int, count: int) -> str:
    title = instrument.solo or f"Solo {_title(instrument.name)}"
    if instrument.section and not alone:
        plural = _title(instrument.plural)
        return f"{plural} {_ROMAN[number]}" if count > 1 else plural
    plain = title if alone else _title(instrument.name)
    return f"{plain} {number + 1}" if count > 1 else plain


def _title(name: str) -> str:
    return "-".join(part if at else part.title() for at, part in enumerate(name.split("-")))
