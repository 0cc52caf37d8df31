def doctor(): ...


HELP = ""
