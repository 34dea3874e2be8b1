"""A musical idea and all that may be done to it."""
