"""Hearings: the day's lists go in, and what stands on them is found again."""
