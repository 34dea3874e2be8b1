"""The composer's desk: spotting, planning, harmony, texture, orchestration, performance."""
