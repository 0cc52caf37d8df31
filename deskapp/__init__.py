"""deskapp: the keyboard-driven desk of court and tribunal staff."""

__version__ = "0.1.0"
