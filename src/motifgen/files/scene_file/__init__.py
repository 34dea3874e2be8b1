"""The scene arc file: YAML 1.2 to a `Story`, with every fault at its line and column.

``source`` reads bytes into located nodes, ``fields`` walks a mapping, ``values`` reads one value; the other modules read
one kind of mapping each. ``data/scene_schema.json`` says which fields there are, for this reader and for editors alike.
"""

from motifgen.files.scene_file.reader import read_story
from motifgen.files.scene_file.schema import scene_schema

__all__ = ["read_story", "scene_schema"]
