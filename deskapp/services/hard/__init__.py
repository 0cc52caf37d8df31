"""The hard minutes: records that are made at once, and who is told."""
