"""The rules of jury service, as functions of what is known: no store, no clock, no screen.

Screens, commands and the ``rules`` command call the same functions. Source: jury sheet.
"""
