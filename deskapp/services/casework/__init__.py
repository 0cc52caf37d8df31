"""Casework: one engine, many schemes.

A case is the fold of its events under a scheme, which is data. Reading order:

* ``events`` and ``state``: what was done, and what a case is.
* ``fold``: the way of an event, top-down: ``settled`` (``opening``) lets time pass, ``refusals``
  (with ``allowed`` for actions) says why not, ``changes`` follows it, ``settled`` opens items.
* ``facts``: everything that is derived, from ``rules`` (``due``), ``predicates`` (``holding``),
  ``series`` and ``calculators``.
* ``scheme`` (``vocabulary``, ``papers``) and ``loader``: what a scheme may say, and reading it
  from a file (``parts``, ``read_scheme``, ``read_items``, ``read_rules``, ``checks``,
  ``check_rules``).
* ``worklist``, ``words``, ``bookings``, ``retention``, ``sampling``: what is read off a case.
* ``letters`` (``letter_text``, ``letter_values``, ``letter_files``, ``letter_language``),
  ``reports`` (``counted``, ``report_rows``, ``report_names``, ``report_rules``), ``samples``,
  ``allocation``, ``extract``, ``disposal``: what is made of cases.
* ``shelf`` and ``installed``: which schemes there are.
"""
