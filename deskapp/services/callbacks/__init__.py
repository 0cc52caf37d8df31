"""Callbacks: half hours, promises to ring back, tries, who is rung next."""
