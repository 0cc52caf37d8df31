"""Persons: who they are, how they may be reached, what must be known of them."""
