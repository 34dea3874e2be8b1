"""Instruments and palettes: the rows of the orchestra's tables, as values."""
