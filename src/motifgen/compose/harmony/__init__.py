"""Harmony: over what the scene's themes stand. `harmonise` does a whole plan, `reharmonise` any melody."""

from motifgen.compose.harmony.engine import reharmonise
from motifgen.compose.harmony.melody import MelodyNote
from motifgen.compose.harmony.recast import recast
from motifgen.compose.harmony.scene import harmonise
from motifgen.compose.harmony.shade import corrupt, redeem

__all__ = ["MelodyNote", "corrupt", "harmonise", "recast", "redeem", "reharmonise"]
