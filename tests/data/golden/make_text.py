"""Texts as numbers, computed by scikit-learn, and byte pairs by the plainest algorithm.

usage: python3 make_text.py (needs scikit-learn and pandas)
"""
import json
import re
from collections import Counter
from pathlib import Path

import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

here = Path(__file__).parent
root = here / "../../../datasets"
reviews = pd.read_csv(root / "fine-foods/data/fine_foods_train.csv").review
documents = [re.findall(r"[a-z']+", text.lower())[:30] for text in reviews[:24]]
book = (root / "moby-dick/data/moby_dick.txt").read_text()
start = book.index("Call me Ishmael")
passage = book[start : start + 12000]


def vectorise(kind, fit, transform, **options):
    """As dense rows of the entries that are not 0, by name."""
    vectoriser = kind(analyzer="word", tokenizer=lambda d: d, preprocessor=lambda d: d, token_pattern=None, **options)
    vectoriser.fit(fit)
    names = vectoriser.get_feature_names_out()
    rows = vectoriser.transform(transform).tocsr()
    result = {"features": names.tolist() if len(names) < 60 else len(names)}
    result["rows"] = [
        {names[column]: float(value) for column, value in zip(row.indices, row.data)} for row in rows
    ]
    if kind is TfidfVectorizer:
        result["idf"] = [float(value) for value in vectoriser.idf_[:20]]
    return result


def byte_pairs(text, merges):
    chunks = Counter(re.findall(r" ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+", text))
    words = {chunk: list(chunk.encode()) for chunk in chunks}
    found = []
    for step in range(merges):
        pairs = Counter()
        for chunk, ids in words.items():
            for pair in zip(ids, ids[1:]):
                pairs[pair] += chunks[chunk]
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        found.append([list(best), pairs[best]])
        for chunk, ids in words.items():
            merged, i = [], 0
            while i < len(ids):
                if tuple(ids[i : i + 2]) == best:
                    merged.append(256 + step)
                    i += 2
                else:
                    merged.append(ids[i])
                    i += 1
            words[chunk] = merged
    return found, words


found, words = byte_pairs(passage, 150)
golden = {
    "documents": documents,
    "vectors": {
        "counts": vectorise(CountVectorizer, documents, documents[:3]),
        "pairs": vectorise(CountVectorizer, documents, documents[:3], ngram_range=(1, 2), min_df=2),
        "binary": vectorise(CountVectorizer, documents, documents[:3], binary=True, max_df=0.4, min_df=3),
        "tfidf": vectorise(TfidfVectorizer, documents, documents[:3]),
        "unseen": vectorise(TfidfVectorizer, documents[:12], documents[12:15], min_df=2),
        "sublinear": vectorise(TfidfVectorizer, documents, documents[:3], sublinear_tf=True, norm="l1"),
        "raw": vectorise(TfidfVectorizer, documents, documents[:3], smooth_idf=False, norm=None, ngram_range=(2, 2)),
    },
    "passage": [start, len(passage)],
    "merges": found,
    "words": {chunk: ids for chunk, ids in list(words.items())[:400]},
}
(here / "text.json").write_text(json.dumps(golden, ensure_ascii=False).replace('], "', '],\n"').replace('}, "', '},\n"') + "\n")
