"""The command line: the verbs of the screens for scripts, serial terminals and screen readers."""
