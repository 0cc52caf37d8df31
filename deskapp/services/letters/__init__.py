"""Letters of every desk: where their templates lie, what one may say, in which language it goes.

Nothing here knows a kind of record: a desk gives the values, and says which letters fit when.
"""
