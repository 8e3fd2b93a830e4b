"""What else finds the claims a sentence is near to: rapidfuzz over all pairs, bm25s, tantivy; each as it is meant."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz, process
from Stemmer import Stemmer

from claims.matching.index_terms import terms
from claims.matching.similarity import masked

Search = Callable[[Sequence[str]], list[list[int]]]
"""Sentences in, for each the places of its best claims out."""
TOP = 20


def all_pairs(claims: Sequence[str]) -> Search:
    """rapidfuzz's token_set_ratio of every pair, on one thread, the texts prepared beforehand as the index's are."""
    prepared = [masked(claim) for claim in claims]

    def search(sentences: Sequence[str]) -> list[list[int]]:
        asked = [masked(sentence) for sentence in sentences]
        scores = process.cdist(asked, prepared, scorer=fuzz.token_set_ratio, dtype=np.uint8, workers=1)
        count = min(TOP, len(claims))
        return [[int(place) for place in np.argpartition(-row.astype(np.int16), count - 1)[:count]] for row in scores]

    return search


def bm25s_search(claims: Sequence[str]) -> Search | None:
    """bm25s with its English stop words and Snowball's stemmer; None if it is not installed."""
    if importlib.util.find_spec("bm25s") is None:
        return None
    import bm25s

    stemmer = Stemmer("english")

    def tokenized(texts: Sequence[str]) -> object:
        return bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, show_progress=False)

    index = bm25s.BM25()
    index.index(tokenized(claims), show_progress=False)

    def search(sentences: Sequence[str]) -> list[list[int]]:
        found, _ = index.retrieve(tokenized(sentences), k=min(TOP, len(claims)), show_progress=False, n_threads=1)
        return [[int(place) for place in row] for row in found]

    return search


def tantivy_search(claims: Sequence[str]) -> Search | None:
    """tantivy in memory with its English stemmer, one OR query of all words of a sentence; None if not installed."""
    return _tantivy(claims, _words)


def tantivy_without_stop_words(claims: Sequence[str]) -> Search | None:
    """The same, asked only for the words that the claim index asks for: stop words cost it most."""
    return _tantivy(claims, lambda sentence: [word for word in _words(sentence) if terms(word)])


def _tantivy(claims: Sequence[str], words: Callable[[str], list[str]]) -> Search | None:
    if importlib.util.find_spec("tantivy") is None:
        return None
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("number", stored=True)
    schema.add_text_field("text", tokenizer_name="en_stem")
    index = tantivy.Index(schema.build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for number, claim in enumerate(claims):
        writer.add_document(tantivy.Document(number=number, text=claim))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(sentences: Sequence[str]) -> list[list[int]]:
        found = []
        for sentence in sentences:
            query = index.parse_query(" ".join(words(sentence)), ["text"])
            hits = searcher.search(query, TOP, count=False).hits
            found.append([searcher.doc(address)["number"][0] for _, address in hits])
        return found

    return search


def _words(sentence: str) -> list[str]:
    """The words of a query, without the signs of its language."""
    return "".join(sign if sign.isalnum() else " " for sign in sentence).lower().split()
