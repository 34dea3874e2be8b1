"""Instruments: what each can play, as rows of ``data/instruments.csv``. All pitches are sounding MIDI keys, C4 = 60."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from motifgen.errors import UnknownNameError

_NUMBER = re.compile(r" (?:\d{1,2}|[ivx]{1,4})$")


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument.

    Parameters
    ----------
    name : str
        ``"cello"``; a scene file may also write ``"solo cello"``.
    family : str
        ``woodwind brass strings keys plucked percussion voice electronic``.
    program : int
        General MIDI program, 0-based; for ``drums`` the kit.
    low, high : int
        Lowest and highest key.
    sweet_low, sweet_high : int
        Where it sounds best.
    transposition : int
        Semitones from written to sounding pitch: horn in F is -7, double bass -12.
    clef : str
        ``treble alto tenor bass percussion``.
    players : int
        Usual number in a section; 1 for soloists and keyboards.
    polyphony : int
        Notes at once of one part.
    breath : float
        Longest seconds without a rest; 0 for those that need none, and for large sections, which breathe one by one.
    agility : float
        Most notes a second.
    weight : float
        How loud one player (or one string section) is at forte, by Rimsky-Korsakov: flute 1, horn 2, trumpet 4.
    sustained : bool
        Whether a note can be held at its level.
    drums : bool
        Whether it is unpitched and plays General MIDI drum keys.
    solo : str
        The name shown when one player of a section plays alone; empty where there is no section.
    plural : str
        The name of a section or of several players.
    keys : tuple[int, ...]
        The General MIDI drum keys it has, the usual one first; empty for pitched instruments.
    aliases : tuple[str, ...]
        Other names by which it is found.
    register : str
        How it sounds where, in a musician's words.
    colour : tuple[float, float, float, float]
        What it sounds like by itself: valence, arousal, tension, power.
    order : int
        Its place in the score, from the top.
    """

    name: str
    family: str
    program: int
    low: int
    high: int
    sweet_low: int
    sweet_high: int
    transposition: int
    clef: str
    players: int
    polyphony: int
    breath: float
    agility: float
    weight: float
    sustained: bool
    drums: bool
    solo: str = ""
    plural: str = ""
    keys: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    register: str = ""
    colour: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    order: int = 0

    @property
    def section(self) -> bool:
        """Tell whether its parts are usually played by several together."""
        return self.players > 1


@cache
def instruments() -> Mapping[str, Instrument]:
    """Return every instrument by its name, in score order.

    Examples
    --------
    >>> instruments()["horn"].transposition, instruments()["cello"].low
    (-7, 36)
    """
    text = files("motifgen").joinpath("data/instruments.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return MappingProxyType({row["name"]: _read(row, order) for order, row in enumerate(rows)})


def find_instrument(text: str) -> tuple[Instrument, bool]:
    """Return the instrument that a text names, and whether it asks for one player of a section.

    Parameters
    ----------
    text : str
        A name of the table, a plural or another usual name, with or without a number behind it and ``solo`` before it;
        case, hyphens and underscores do not matter.

    Returns
    -------
    tuple[Instrument, bool]

    Raises
    ------
    UnknownNameError
        When no row has such a name; it shows the nearest.

    Examples
    --------
    >>> instrument, alone = find_instrument("Solo Violoncello")
    >>> instrument.name, alone
    ('cello', True)
    >>> find_instrument("french horns")[0].name
    'horn'
    """
    plain = _plain(text)
    alone = plain.startswith("solo ")
    plain = plain.removeprefix("solo ")
    names = _names()
    name = names.get(plain) or names.get(_NUMBER.sub("", plain))
    if name is None:
        known = [f"solo {it}" for it in names] if alone else names
        raise UnknownNameError("instrument", text, known, see="motifgen instruments")
    return instruments()[name], alone


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


@cache
def _names() -> Mapping[str, str]:
    """Return the table name of everything an instrument may be called."""
    found: dict[str, str] = {}
    for row in instruments().values():
        for name in (row.name, row.plural, *row.aliases):
            found.setdefault(_plain(name), row.name)
            found.setdefault(_plain(name).removesuffix("s") + "s", row.name)
    return MappingProxyType(found)


def _read(row: Mapping[str, str], order: int) -> Instrument:
    keys = tuple(int(key) for key in row["keys"].split(";") if key)
    return Instrument(
        name=row["name"],
        family=row["family"],
        program=int(row["program"]),
        low=int(row["low"]),
        high=int(row["high"]),
        sweet_low=int(row["sweet_low"]),
        sweet_high=int(row["sweet_high"]),
        transposition=int(row["transposition"]),
        clef=row["clef"],
        players=int(row["players"]),
        polyphony=int(row["polyphony"]),
        breath=float(row["breath"]),
        agility=float(row["agility"]),
        weight=float(row["weight"]),
        sustained=row["sustained"] == "yes",
        drums=bool(keys),
        solo=row["solo"].title(),
        plural=row["plural"],
        keys=keys,
        aliases=tuple(alias for alias in row["aliases"].split(";") if alias),
        register=row["register"],
        colour=_colour(row["colour"]),
        order=order,
    )


def _colour(text: str) -> tuple[float, float, float, float]:
    valence, arousal, tension, power = map(float, text.split())
    return valence, arousal, tension, power
