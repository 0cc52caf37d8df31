def demo(): ...


HELP = ""
