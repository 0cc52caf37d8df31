"""The complaints desk: dissatisfaction that somebody wants answered, from its logging to its end.

The way through it: ``drafts`` checks what was typed and ``log`` writes it; ``act`` makes one move
of those in ``moves``; ``fold`` says how a complaint stands after its events, and ``deadlines`` is
the only place of dates; ``lines`` and ``record`` read. Source: complaints sheet.
"""
