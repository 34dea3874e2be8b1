"""Motifs from traits: an archetype's materials, many keyed drawings, and the one with the fewest faults.

What draws is imported when it is first asked for: a scene whose themes are all written only needs the names of archetypes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from motifgen.motif.invention.archetype import Archetype, archetype_named, archetypes, suited

if TYPE_CHECKING:
    from motifgen.motif.invention.invented import Invented, invent

__all__ = ["Archetype", "Invented", "archetype_named", "archetypes", "invent", "suited"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the names above
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.invented"), name)
