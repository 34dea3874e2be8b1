"""The critics: what a recording does, measured from what is written in it."""
