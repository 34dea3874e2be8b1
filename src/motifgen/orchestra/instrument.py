"""Instruments: what each can play, as rows of ``data/instruments.csv``. All pitches are sounding MIDI keys, C4 = 60."""

from __future__ import annotations

from dataclasses import dataclass


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
        General MIDI program, 0-based.
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
        Longest seconds without a rest; 0 for those that need none.
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
