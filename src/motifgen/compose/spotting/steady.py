"""One steady tempo: which of many catches the most hits, and by how many frames it misses the others.

A table like that of the classic tools (Opcode's CUE, Digital Performer's Find Tempo). Early music weighs twice as much as late music:
the ear forgives late sound more (ITU-R BT.1359-1, 1998).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from motifgen.compose.spotting.lattice import Lattice
from motifgen.compose.spotting.wish import choose_meter
from motifgen.errors import RangeError
from motifgen.orchestra.palette import Palette
from motifgen.story.scene import Hit, Scene

_EARLY, _OPTIONAL = 2.0, 0.5
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class Steady:
    """A tempo that never changes, and what it does to a scene's hits.

    Parameters
    ----------
    bpm : float
        Of the felt beat.
    met, near, missed : int
        Hits within their tolerance, within twice that, and the rest.
    worst : float
        Frames by which the music is off at the worst hit.
    cost : float
        Squared frames, weighted: early music twice, hits that may be missed half.
    off : tuple[float, ...]
        Frames off for each hit in the scene's order; negative when the music is early.
    """

    bpm: float
    met: int
    near: int
    missed: int
    worst: float
    cost: float
    off: tuple[float, ...]

    def click(self, fps: Fraction) -> str:
        """Return the tempo as frames and eighths of a frame a beat, as film composers write it, to the nearest eighth.

        Examples
        --------
        >>> Steady(115.2, 0, 0, 0, 0.0, 0.0, ()).click(Fraction(24))
        '12-4'
        """
        whole, eighths = divmod(round(float(fps) * 480 / self.bpm), 8)
        return f"{whole}-{eighths}"


def steady(scene: Scene, palette: Palette, low: float = 0.0, high: float = 0.0, step: float = 0.1) -> tuple[Steady, ...]:
    """Return steady tempi for a scene, the best first: most hits met, then least weighted error, then the slower.

    Parameters
    ----------
    low, high : float
        The slowest and fastest felt beat (bpm); 0 takes the scene's own tempo, else the palette's.
    step : float
        Between two tempi, in bpm.

    Raises
    ------
    RangeError
        If the range is empty, not positive, or would have more than 100 000 tempi.
    """
    own = scene.tempo or palette.tempo
    low, high = low or own[0], high or own[1]
    if not 0 < low <= high or not step > 0 or (high - low) / step > _MOST:
        raise RangeError(f"cannot try tempi from {low:g} to {high:g} bpm by {step:g}; accepted: rising, above 0, at most {_MOST} of them")
    lattice = Lattice(choose_meter(scene, palette))
    rows = [_row(scene, lattice, bpm) for bpm in _tempi(low, high, step)]
    return tuple(sorted(rows, key=lambda row: (-row.met, -row.near, row.cost, row.bpm)))


def _tempi(low: float, high: float, step: float) -> Iterator[float]:
    for n in range(int((high - low) / step + 1e-9) + 1):
        yield round(low + n * step, 6)


def _row(scene: Scene, lattice: Lattice, bpm: float) -> Steady:
    unit = 60 / bpm / lattice.felt
    grains = {"downbeat": unit * lattice.base.length, "beat": unit * lattice.base.beat, "any": unit * max(lattice.base.beat // 2, 1)}
    fps = float(scene.frame_rate.fps)
    off = tuple(round(_off(float(hit.at), grains[hit.on]) * fps, 6) for hit in scene.hits)
    shares = [abs(frames) / max(float(hit.tolerance), 1e-3) for frames, hit in zip(off, scene.hits, strict=True)]
    met, near = sum(share <= 1 for share in shares), sum(1 < share <= 2 for share in shares)
    cost = sum(_weight(hit, frames) * frames * frames for hit, frames in zip(scene.hits, off, strict=True))
    return Steady(bpm, met, near, len(off) - met - near, max(map(abs, off), default=0.0), round(cost, 6), off)


def _off(at: float, grain: float) -> float:
    return round(at / grain) * grain - at


def _weight(hit: Hit, frames: float) -> float:
    return (_EARLY if frames < 0 else 1.0) * (1.0 if hit.must else _OPTIONAL)
