"""Music without a story: exact, immutable, no randomness."""
