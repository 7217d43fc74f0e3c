"""Scores of scikit-learn that the tests of src/metrics compare with. usage: python3 make.py"""
import json
import random
from pathlib import Path

from sklearn import metrics

random.seed(1)
names = ["ant", "bee", "cat", "dog"]
truth = random.choices(names[:3], weights=[6, 3, 1], k=60)
predicted = [label if random.random() < 0.7 else random.choice(names) for label in truth]
y = [random.gauss(10, 4) for _ in range(40)]
guess = [value + random.gauss(1, 2) for value in y]
macro = {"average": "macro", "zero_division": 0}
golden = {
    "truth": truth,
    "predicted": predicted,
    "accuracy": metrics.accuracy_score(truth, predicted),
    "confusion": metrics.confusion_matrix(truth, predicted).tolist(),
    "precision": metrics.precision_score(truth, predicted, **macro),
    "recall": metrics.recall_score(truth, predicted, **macro),
    "f1": metrics.f1_score(truth, predicted, **macro),
    "y": y,
    "guess": guess,
    "meanSquaredError": metrics.mean_squared_error(y, guess),
    "rootMeanSquaredError": metrics.mean_squared_error(y, guess) ** 0.5,
    "meanAbsoluteError": metrics.mean_absolute_error(y, guess),
    "r2": metrics.r2_score(y, guess),
}
(Path(__file__).parent / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
