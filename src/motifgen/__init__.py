"""Leitmotifs composed along a scene arc, rendered to MIDI that a DAW opens."""
