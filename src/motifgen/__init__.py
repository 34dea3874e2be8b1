"""Leitmotifs composed along a scene arc, rendered to MIDI that a DAW opens."""

__version__ = "0.1.0"
