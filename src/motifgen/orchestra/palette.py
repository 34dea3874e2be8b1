"""Palettes: what a style is made of, as rows of ``data/palettes.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from motifgen.errors import NotationError, UnknownNameError, shown


@dataclass(frozen=True, slots=True)
class Palette:
    """A style.

    Parameters
    ----------
    name, description : str
    tempo : tuple[float, float]
        Slowest and fastest felt beat in bpm.
    meters : tuple[str, ...]
        First choice first.
    bend : float
        How much the tempo may change from one bar to the next, as a share (0.08).
    dialect : str
        The harmonic dialect: a row of the harmony tables.
    ensemble : tuple[tuple[str, int], ...]
        Instruments in score order, each with its number of parts.
    roles : tuple[tuple[str, tuple[str, ...]], ...]
        For each line role, instruments from first to last choice.
    textures : tuple[str, ...]
        The textures that belong to the style, first choice first: ``monody octaves drone chords chorale arpeggio counter canon
        ostinato pulse tremolo pointillist tutti silence``.
    dynamics : tuple[float, float]
        The quietest and loudest level, 0..1.
    rhythm : str
        The manner of the percussion.
    density : float
        How busy the accompaniment is, 0..1.
    width : float
        How far apart the outermost lines lie, 0..1.
    short : float
        How much of the accompaniment is played short, 0..1.
    push : float
        How often accents fall off the beat, 0..1.
    touch : tuple[tuple[str, str], ...]
        For a line role, how strings and muted brass play it: ``con sordino``, ``sul ponticello``, ``spiccato`` ...
    swing : bool
        Whether eighths are swung.
    """

    name: str
    description: str
    tempo: tuple[float, float]
    meters: tuple[str, ...]
    bend: float
    dialect: str
    ensemble: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    textures: tuple[str, ...]
    dynamics: tuple[float, float]
    rhythm: str = "none"
    density: float = 0.5
    width: float = 0.5
    short: float = 0.3
    push: float = 0.1
    touch: tuple[tuple[str, str], ...] = ()
    swing: bool = False

    @property
    def parts(self) -> int:
        """Return how many parts the ensemble has."""
        return sum(count for _, count in self.ensemble)

    def choices(self, role: str) -> tuple[str, ...]:
        """Return the instruments for a line role, first choice first; empty when the style has none."""
        return dict(self.roles).get(role, ())


@cache
def palettes() -> Mapping[str, Palette]:
    """Return every palette by its name, the general ones first.

    Examples
    --------
    >>> palettes()["chamber"].parts
    11
    """
    text = files("motifgen").joinpath("data/palettes.toml").read_text(encoding="utf-8")
    return MappingProxyType({name: _read(name, row) for name, row in tomllib.loads(text).items()})


def palette(name: str) -> Palette:
    """Return the palette of a style, or of a blend written as ``"folk 0.6 + electronic 0.4"``.

    Raises
    ------
    UnknownNameError
        When no row has such a name; it shows the nearest.

    Examples
    --------
    >>> palette("Noir").swing
    True
    """
    plain = " ".join(name.casefold().replace("_", " ").replace("-", " ").split())
    plain = _ALIASES.get(plain, plain)
    if "+" in plain:
        return _blended(plain)
    if plain not in palettes():
        raise UnknownNameError("style", name, [*palettes(), *_ALIASES], see="motifgen styles")
    return palettes()[plain]


_ALIASES = {
    "orchestra": "orchestral", "symphonic": "orchestral", "solo piano": "piano", "epic orchestral": "epic", "intimate piano": "intimate",
    "hybrid": "electronic", "synth": "electronic", "celtic": "folk", "film noir": "noir", "whimsy": "comedy", "wonder": "fantasy",
    "chase": "action", "romantic": "romance", "sci fi": "scifi", "space": "scifi",
}  # fmt: skip


def _blended(text: str) -> Palette:
    from motifgen.orchestra.blend import blend  # noqa: PLC0415 - a blend is made of palettes

    parts = [part.strip().rpartition(" ") for part in text.split("+")]
    try:
        weights = {name: float(weight) for name, _, weight in parts}
    except ValueError:
        raise NotationError(
            f"cannot read the blend of styles {shown(text)}; accepted: names and weights, as in 'folk 0.6 + electronic 0.4'"
        ) from None
    return blend(weights)


def _read(name: str, row: Mapping[str, Any]) -> Palette:
    return Palette(name=name, **{field: _frozen(value) for field, value in row.items() if field != "roles"}, roles=_frozen(row["roles"]))


def _frozen(value: Any) -> Any:  # noqa: ANN401 - a TOML value of any kind
    if isinstance(value, dict):
        return tuple((key, _frozen(inner)) for key, inner in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
