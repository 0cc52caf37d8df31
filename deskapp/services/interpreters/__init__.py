"""The rules of interpreter bookings, as functions of what is known: no store, no clock, no screen.

Screens, commands, ``sync`` and the ``rules`` command call the same functions. Source: interpreter
sheet.
"""
