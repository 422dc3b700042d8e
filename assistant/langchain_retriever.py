"""The search of Routewijzer as a LangChain retriever, for chains that others build.

Nothing else in the product imports this module, so langchain_core is loaded only by who uses it:

    retriever = EditionRetriever(search=Retriever(...), analyser=DutchAnalyser(), k=5)
    documents = retriever.invoke("Wat kost een leerwerkplek?")
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import Field

from assistant.question_reader import QuestionReader
from assistant.retrieve import Retriever
from corpus.types import Audience, Hit


class EditionRetriever(BaseRetriever):
    """Finds passages of the published edition, best first.

    ``page_content`` is the passage as it stands in the document. ``metadata`` holds what a
    citation needs: ``document_id``, ``version_id``, ``passage_id``, ``title``, ``section``,
    ``page`` (None without pages), ``start`` and ``end`` (characters in the canonical text of the
    version), ``url``, ``published``; and why it was found: ``score``, ``arms`` with the raw
    score of each search arm, and ``why`` with the parts of the score (``name``, ``points``,
    ``raw``). ``also`` holds the same facts of each passage elsewhere that says the same, for which
    this one stands.

    ``invoke`` raises BadInputError for an empty or too long question, NotReadyError when nothing
    is published.
    """

    search: Retriever = Field(exclude=True, repr=False)
    reader: QuestionReader = Field(exclude=True, repr=False)
    k: int = Field(default=10, gt=0)
    """Passages to give at most."""
    audience: Audience | None = None
    """Whose documents go first, other things being equal."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        found = self.search.search(self.reader.read(query, self.audience), self.k)
        return [_document(hit) for hit in found.hits]


def _document(hit: Hit) -> Document:
    return Document(
        page_content=hit.passage.text,
        metadata={
            **_place(hit),
            "arms": dict(hit.arms),
            "why": [asdict(reason) for reason in hit.why],
            "also": [_place(other) for other in hit.also],
        },
    )


def _place(hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "document_id": hit.document_id,
        "version_id": passage.version_id,
        "passage_id": passage.id,
        "title": hit.metadata.title,
        "section": passage.section_path,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "url": hit.metadata.url,
        "published": hit.metadata.published,
        "score": hit.score,
    }
