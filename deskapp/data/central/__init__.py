"""The central PostgreSQL: its schema, what a desk sends and asks, what the applier merges.

Nothing of this is imported by a screen; ``services.exchange`` is the only way in.
Source: design sheet of sync.
"""
