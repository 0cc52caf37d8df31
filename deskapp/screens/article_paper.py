"""What may be handed over of an article: on paper or in a file for somebody at the counter."""

from __future__ import annotations

from typing import ClassVar

from deskapp.i18n import N_, language
from deskapp.screens.paper import Paper, PaperScreen
from deskapp.services.knowledge import shown
from deskapp.services.knowledge.content import Article, Library


class ArticlePaper(PaperScreen):
    """The public parts of an article."""

    HEADING: ClassVar[str] = N_("For the counter")
    HELP: ClassVar[str] = N_(
        "What may be handed over: what is said to the public, in short and as a reply, and nothing"
        " that tells an officer what to do. F8 writes it into a file,"
        " copies it or prints it. F12 shows it in the other language. Esc goes back to the article."
    )

    def __init__(self, article: Article, library: Library) -> None:
        super().__init__()
        self._article = article
        self._library = library

    async def paper(self) -> Paper:
        today = self.desk.clock.today()
        fill = shown.filler(self._library, language(), on=self.desk.settings.facts_on(today))
        lines = shown.article(self._article, language(), fill, public=True)
        text = "\n".join((*lines, "", shown.review(self._article, today)))
        return Paper(text, f"{self._article.id.replace(':', '-')}.{language()}.txt")
