"""From the written notes to what stands on paper: staves, clefs, values, marks; the full score and the short one."""

from motifgen.files.notation.full import full_score
from motifgen.files.notation.short import short_score
from motifgen.files.notation.staff import Sheet, Sound, Staff

__all__ = ["Sheet", "Sound", "Staff", "full_score", "short_score"]
