"""Motifs from traits: an archetype's materials, many keyed drawings, and the one with the fewest faults."""

from motifgen.motif.invention.archetype import Archetype, archetype_named, archetypes, suited
from motifgen.motif.invention.invent import Invented, invent

__all__ = ["Archetype", "Invented", "archetype_named", "archetypes", "invent", "suited"]
