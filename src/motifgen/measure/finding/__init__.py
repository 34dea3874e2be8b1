"""Finding: where a motif is heard in a piece, and what has been done to it, from the notes alone."""

from motifgen.measure.finding.find import find, find_themes
from motifgen.measure.finding.occurrence import Occurrence
from motifgen.measure.finding.shapes import SOUGHT

__all__ = ["SOUGHT", "Occurrence", "find", "find_themes"]
