"""From the written notes to what stands on paper: staves, clefs, values, marks; the full score, the short one and the players' parts."""

from motifgen.files.notation.full import full_score
from motifgen.files.notation.part import part_sheets
from motifgen.files.notation.short import short_score
from motifgen.files.notation.staff import Sheet, Sound, Staff

__all__ = ["Sheet", "Sound", "Staff", "full_score", "part_sheets", "short_score"]
