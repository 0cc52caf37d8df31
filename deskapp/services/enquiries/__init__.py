"""Contacts: what was asked and answered, how long it took, how it ended."""
