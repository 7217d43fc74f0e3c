"""Agreement, votes and label errors, computed by scikit-learn and by numpy written from the papers.

usage: python3 make_labelling.py (needs both)
"""
import json
from pathlib import Path

import numpy as np
from sklearn.metrics import cohen_kappa_score

here = Path(__file__).parent
rng = np.random.RandomState(5)


def dawid_skene(votes, steps):
    """Dawid and Skene, 1979, equations 2.1 to 2.5, in probabilities. votes: (items, annotators), -1 where missing."""
    items, annotators = votes.shape
    classes = votes.max() + 1
    said = np.zeros((items, annotators, classes))
    for label in range(classes):
        said[:, :, label] = votes == label
    truth = said.sum(1) / said.sum((1, 2))[:, None]
    likelihoods = []
    for _ in range(steps):
        prior = truth.mean(0)
        confusion = np.einsum("it,ial->atl", truth, said)
        confusion /= confusion.sum(2, keepdims=True)
        joint = prior * np.exp(np.einsum("ial,atl->it", said, np.log(np.maximum(confusion, 1e-300))))
        likelihoods.append(float(np.log(joint.sum(1)).sum()))
        truth = joint / joint.sum(1, keepdims=True)
    return truth, likelihoods


def confident_learning(given, probabilities):
    """Northcutt, Jiang and Chuang, 2021, section 3.1."""
    classes = probabilities.shape[1]
    thresholds = np.array([probabilities[given == j, j].mean() for j in range(classes)])
    count = np.zeros((classes, classes), int)
    suspicious = []
    for item, (label, row) in enumerate(zip(given, probabilities)):
        candidates = [j for j in range(classes) if row[j] >= thresholds[j]]
        if candidates:
            sure = max(candidates, key=lambda j: row[j])
            count[label, sure] += 1
            if sure != label:
                suspicious.append((row[label] - np.delete(row, label).max(), item, int(sure)))
    joint = count / count.sum(1, keepdims=True) * np.bincount(given, minlength=classes)[:, None]
    return thresholds, count, joint / joint.sum(), sorted(suspicious)


truth = rng.randint(0, 3, 150)
votes = np.full((150, 5), -1)
for annotator, accuracy in enumerate([0.95, 0.8, 0.7, 0.5, 0.35]):
    for item in range(150):
        if rng.rand() < 0.85:
            votes[item, annotator] = truth[item] if rng.rand() < accuracy else (truth[item] + rng.randint(1, 3)) % 3
    votes[: 150 // 3, 0] = truth[: 150 // 3]
posterior, likelihoods = dawid_skene(votes, 25)

given = rng.randint(0, 4, 200)
logits = rng.normal(size=(200, 4))
logits[np.arange(200), np.where(rng.rand(200) < 0.85, given, rng.randint(0, 4, 200))] += 2.5
probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
thresholds, count, joint, suspicious = confident_learning(given, probabilities)

first = rng.randint(1, 6, 80)
second = np.clip(first + rng.choice([-2, -1, 0, 0, 0, 1, 1], 80), 1, 5)
golden = {
    "first": first.tolist(),
    "second": second.tolist(),
    "cohen": {
        "none": cohen_kappa_score(first, second),
        "linear": cohen_kappa_score(first, second, weights="linear"),
        "quadratic": cohen_kappa_score(first, second, weights="quadratic"),
    },
    "votes": [[None if label < 0 else int(label) for label in row] for row in votes],
    "truth": truth.tolist(),
    "posterior": posterior.tolist(),
    "likelihoods": likelihoods,
    "given": given.tolist(),
    "probabilities": probabilities.tolist(),
    "thresholds": thresholds.tolist(),
    "confident": count.tolist(),
    "joint": joint.tolist(),
    "suspicious": [[item, sure] for _, item, sure in suspicious],
}
(here / "labelling.json").write_text(json.dumps(golden).replace('], "', '],\n"').replace('}, "', '},\n"') + "\n")
