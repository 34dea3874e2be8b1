"""Transforms: one motif in, one motif out; found by name in the table."""
