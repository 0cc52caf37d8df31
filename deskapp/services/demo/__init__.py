"""Demonstration data: invented people, and what they asked."""
