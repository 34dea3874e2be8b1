"""Recording: all that a file format needs to know of a composed scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from motifgen.sketch.score import Score
from motifgen.sketch.tempo_map import TempoMap
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

#: What the marker is called at which the picture begins, where music is heard before it.
FIRST_FRAME = "FIRST FRAME"
#: Where a scene that loops goes back from and to, as game engines call it.
LOOP_START, LOOP_END = "loopStart", "loopEnd"
#: The articulation of a note that is no music: a key that tells a sample library how what follows is played.
SWITCHED = "keyswitch"


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as written: its number from 1, where it begins (ticks), its meter."""

    number: int
    tick: int
    meter: Meter


@dataclass(frozen=True, slots=True)
class Marker:
    """A text at a tick: a section's name, a hit."""

    tick: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A player's line as performed.

    Parameters
    ----------
    name : str
        Unique in the sketch: ``"Solo Cello"``, ``"Horn 2"``.
    instrument, family, role : str
        Table name of the instrument, its family, what it does most (``"melody"``, ``"bass"`` ...).
    program : int
        General MIDI program, 0 to 127.
    players : int
    drums : bool
        Whether it belongs on the percussion channel.
    pan, volume : int
        CC10 and CC7, 0 to 127.
    notes, controls : NDArray
        Arrays of dtype `motifgen.sketch.events.NOTE` and `CONTROL`.
    articulations : tuple[str, ...]
        How each note is played, in the order of the notes (``"long"``, ``"legato"``, ``"staccato"`` ...); empty where nothing is said.
    """

    name: str
    instrument: str
    family: str
    role: str
    program: int
    players: int
    drums: bool
    pan: int
    volume: int
    notes: NDArray[np.void]
    controls: NDArray[np.void]
    articulations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A composed scene, performed.

    ``ledger`` is the JSON object of the contract, ready to be written; ``end_tick`` is where the scene ends. ``key`` is the
    one key of the whole scene where the scene asks for one; a scene that has none gets no key signature. ``library`` names the
    sample library for which MIDI is written.
    """

    title: str
    tempo: TempoMap
    bars: tuple[Bar, ...]
    markers: tuple[Marker, ...]
    parts: tuple[Part, ...]
    end_tick: int
    ledger: dict[str, Any]
    score: Score | None = None
    key: Key | None = None
    library: str = "any"
