"""Transforms: one motif in, one motif out; found by name in the table.

Each is imported when it is first asked for: a scene that augments a theme does not load canons.

Examples
--------
>>> from motifgen.motif.motif import Motif
>>> from motifgen.motif.transform import Head, InMode
>>> str(Motif.parse("D4/q A4/q. G4/e", key="D minor") >> InMode("major") >> Head(2))
'D4/q A4/q.'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motifgen.motif.transform.answering import Answer
    from motifgen.motif.transform.base import Chain, Transform
    from motifgen.motif.transform.blending import Evolve, Fuse, Morph, Parent
    from motifgen.motif.transform.combining import Canon, CounterLine, Stretto
    from motifgen.motif.transform.developing import Extend, Interversion, Liquidate, Ostinato, Rotate
    from motifgen.motif.transform.forces import Chamber, Piano, Tutti
    from motifgen.motif.transform.formal import Head, Range, Sequence, Tail, Truncate
    from motifgen.motif.transform.harmonic import Corrupt, Recontextualize, Redeem
    from motifgen.motif.transform.intervallic import Compress, Expand, OctaveDisplacement
    from motifgen.motif.transform.meaning import Irony, Reinterpret
    from motifgen.motif.transform.melodic import Transpose, TransposeDegrees, TransposeTo
    from motifgen.motif.transform.metrical import Remeter
    from motifgen.motif.transform.mirrors import Invert, Retrograde, RetrogradeInversion
    from motifgen.motif.transform.modal import InMode, Within
    from motifgen.motif.transform.ornamental import Ornament, Skeleton
    from motifgen.motif.transform.rhythmic import Augment, Diminish, Displace, Dot, EvenOut, RhythmAlone, Syncopate
    from motifgen.motif.transform.swinging import Swing
    from motifgen.motif.transform.table import parse_transform, transform_names, transforms

__all__ = [
    "Answer",
    "Augment",
    "Canon",
    "Chain",
    "Chamber",
    "Compress",
    "Corrupt",
    "CounterLine",
    "Diminish",
    "Displace",
    "Dot",
    "EvenOut",
    "Evolve",
    "Expand",
    "Extend",
    "Fuse",
    "Head",
    "InMode",
    "Interversion",
    "Invert",
    "Irony",
    "Liquidate",
    "Morph",
    "OctaveDisplacement",
    "Ornament",
    "Ostinato",
    "Parent",
    "Piano",
    "Range",
    "Recontextualize",
    "Redeem",
    "Reinterpret",
    "Remeter",
    "Retrograde",
    "RetrogradeInversion",
    "RhythmAlone",
    "Rotate",
    "Sequence",
    "Skeleton",
    "Stretto",
    "Swing",
    "Syncopate",
    "Tail",
    "Transform",
    "Transpose",
    "TransposeDegrees",
    "TransposeTo",
    "Truncate",
    "Tutti",
    "Within",
    "parse_transform",
    "transform_names",
    "transforms",
]

_SHARED = {"Chain": "base", "Transform": "base", "InMode": "modal", "Within": "modal"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _SHARED.get(name) or next((home for home, *kinds in _homes() if name in kinds), "table")
    return getattr(import_module(f"{__name__}.{home}"), name)


def _homes() -> tuple[tuple[str, ...], ...]:
    from motifgen.motif.transform.table import HOMES  # noqa: PLC0415 - only needed for a name that is asked here

    return tuple(HOMES.values())


def __dir__() -> list[str]:
    return __all__
