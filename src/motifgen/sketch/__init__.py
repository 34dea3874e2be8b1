"""What was composed, before any file: exact tempo, events as arrays, parts, the ledger."""
