"""The pipeline that a tutorial builds: LangChain's splitter, the same embedding model, chromadb
as it comes, the four nearest chunks in a prompt. It keeps no account of what it read, so
whatever changes, it does everything again.

Only for comparison: the product itself compares vectors exactly (`corpus.vectors`).
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from corpus.errors import NotReadyError
from eval.bench.embedders import TimedEmbedder
from eval.bench.system import Steps

CHUNK, OVERLAP, TOP = 1000, 200, 4  # characters, characters, chunks
_NAME = "handleiding"
_PROMPT = "Beantwoord de vraag met deze tekst.\n\n{context}\n\nVraag: {question}\nAntwoord:"


def load_splitter() -> Any:
    """LangChain's splitter. Raises NotReadyError when the package is not installed."""
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError:
        raise NotReadyError(
            "Het pakket langchain-text-splitters ontbreekt; de bench vergelijkt ermee. "
            "Installeer het met: pip install langchain-text-splitters"
        ) from None
    return RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)


class Tutorial:
    """The tutorial's pipeline on a folder of its own."""

    def __init__(self, data_dir: Path, embedder: TimedEmbedder) -> None:
        import chromadb

        self.data_dir = data_dir
        self.embedder = embedder
        self.chunks: list[tuple[str, str]] = []
        """(name of the page, text) of every chunk that was read in, by its number."""
        self._client: Any = chromadb.PersistentClient(
            path=str(data_dir),
            # The one departure from the defaults: a bench reports to nobody.
            settings=chromadb.config.Settings(anonymized_telemetry=False),
        )
        # Vectors are given; without None chromadb loads a model of its own.
        self._collection: Any = self._client.get_or_create_collection(
            _NAME, embedding_function=None
        )

    def ingest(self, pages: Path) -> Steps:
        """Split, embed and add every page, in a collection that takes the place of the last."""
        in_model = self.embedder.seconds
        started = time.perf_counter()
        splitter = load_splitter()
        chunks: list[str] = []
        sources: list[dict[str, str]] = []
        for path in sorted(pages.iterdir()):
            found = [chunk for text in _texts(path) for chunk in splitter.split_text(text)]
            chunks += found
            sources += [{"source": path.name}] * len(found)
        was_read = time.perf_counter()
        vectors = self.embedder.embed_passages(chunks)
        embed = self.embedder.seconds - in_model
        self._client.delete_collection(_NAME)
        self._collection = self._client.create_collection(_NAME, embedding_function=None)
        ids = [str(number) for number in range(len(chunks))]
        batch = self._client.get_max_batch_size()
        for at in range(0, len(chunks), batch):
            part = slice(at, at + batch)
            self._collection.add(
                ids=ids[part],
                embeddings=vectors[part],
                documents=chunks[part],
                metadatas=sources[part],
            )
        self.chunks = [(s["source"], c) for s, c in zip(sources, chunks, strict=True)]
        total = time.perf_counter() - started
        return Steps(
            total=total,
            read=was_read - started,
            embed=embed,
            store=None,
            index=total - embed - (was_read - started),
        )

    def sizes(self) -> dict[str, int]:
        """Chunks that are searched."""
        return {"chunks": int(self._collection.count())}

    def open(self) -> None:
        """Nothing: it was opened when it was made."""

    def search(self, question: str) -> list[str]:
        """The texts of the nearest chunks."""
        texts: list[str] = self._query(question, TOP)["documents"][0]
        return texts

    def nearest(self, question: str, top: int) -> list[int]:
        """Numbers of the ``top`` nearest chunks, best first."""
        return [int(number) for number in self._query(question, top)["ids"][0]]

    def answer(self, question: str) -> str:
        """The prompt that a language model would get: its own time is not in it."""
        return _PROMPT.format(context="\n\n".join(self.search(question)), question=question)

    def close(self) -> None:
        """Close chromadb."""
        self._client.close()

    def _query(self, question: str, top: int) -> Any:
        vector = self.embedder.embed_queries([question])
        return self._collection.query(query_embeddings=vector, n_results=top)


def _texts(path: Path) -> list[str]:
    """A text file as one text; a PDF as one for each page, read as LangChain's PyPDFLoader does."""
    if path.suffix != ".pdf":
        return [path.read_text(encoding="utf-8")]
    return [page.extract_text() for page in PdfReader(path).pages]
