"""In what fabric: statements and harmony become lines, layer by layer."""

from motifgen.compose.texture.weave import weave

__all__ = ["weave"]
