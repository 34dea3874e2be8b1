"""Palettes: what a style is made of, as rows of ``data/palettes.toml``."""

from __future__ import annotations

from dataclasses import dataclass


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
        The textures that belong to the style.
    dynamics : tuple[float, float]
        The quietest and loudest level, 0..1.
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
