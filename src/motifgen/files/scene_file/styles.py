"""Reading a style: a palette's name, or several with weights."""

from __future__ import annotations

from collections.abc import Callable

from motifgen.errors import RangeError
from motifgen.files.scene_file import values
from motifgen.files.scene_file.fields import tried
from motifgen.files.scene_file.nodes import Mapping, Node, Page
from motifgen.orchestra.blend import blend
from motifgen.orchestra.palette import palette

_ACCEPTED = "a style, or styles with weights as in {folk: 0.6, electronic: 0.4}"


def style(page: Page) -> Callable[[Node], str]:
    """Return a reader of a style's name; a blend's name holds its weights, and reads as the same blend."""

    def read(node: Node) -> str:
        if isinstance(node, Mapping):
            return _blended(node, page)
        return palette(values.scalar(node, _ACCEPTED)).name

    return read


def _blended(node: Mapping, page: Page) -> str:
    """Return the name of a blend; every style that is unknown and every weight that is none is noted at its own place."""
    weights: dict[str, float] = {}
    for name, weight in node.entries:
        known = tried(page, lambda each: palette(values.scalar(each, "a style")).name, name)
        amount = tried(page, _weight, weight)
        if known is not None and amount is not None:
            weights[known] = weights.get(known, 0.0) + amount
    return blend(weights).name


def _weight(node: Node) -> float:
    found = values.number(0, 1_000_000, "a weight")(node)
    if not found:
        raise RangeError("the weight is 0, and a style that weighs nothing has no part in a blend; accepted: more than 0")
    return found
