"""Scores of scikit-learn that the tests of src/metrics compare with. usage: python3 make.py"""
import json
import random
from pathlib import Path

from sklearn import metrics
from sklearn.calibration import calibration_curve

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
for average in ["macro", "micro", "weighted"]:
    golden[average] = {
        name: getattr(metrics, f"{name}_score")(truth, predicted, average=average, zero_division=0)
        for name in ["precision", "recall", "f1"]
    }

# Scores of a binary classifier, with ties, and with probabilities that are too sure.
binary = [int(random.random() < 0.3) for _ in range(200)]
scores = [round(min(1, max(0, random.gauss(0.35 + 0.3 * label, 0.25))), 2) for label in binary]
false_rate, true_rate, thresholds = metrics.roc_curve(binary, scores, drop_intermediate=False)
precision, recall, falling = metrics.precision_recall_curve(binary, scores)
observed, predicted_bins = calibration_curve(binary, scores, n_bins=5)
observed_quantile, predicted_quantile = calibration_curve(binary, scores, n_bins=5, strategy="quantile")
golden["binary"] = {
    "truth": binary,
    "scores": scores,
    "falsePositiveRate": false_rate.tolist(),
    "truePositiveRate": true_rate.tolist(),
    "thresholds": thresholds.tolist()[1:],
    "rocAuc": metrics.roc_auc_score(binary, scores),
    "averagePrecision": metrics.average_precision_score(binary, scores),
    "precision": precision.tolist()[-2::-1],
    "recall": recall.tolist()[-2::-1],
    "falling": falling.tolist()[::-1],
    "logLoss": metrics.log_loss(binary, scores),
    "brier": metrics.brier_score_loss(binary, scores),
    "calibration": {"observed": observed.tolist(), "predicted": predicted_bins.tolist()},
    "quantiles": {"observed": observed_quantile.tolist(), "predicted": predicted_quantile.tolist()},
}
rows = []
for label in truth:
    raw = [random.random() + (2 if name == label else 0) for name in names[:3]]
    rows.append([value / sum(raw) for value in raw])
golden["classes"] = {"probabilities": rows, "logLoss": metrics.log_loss(truth, rows, labels=names[:3])}
(Path(__file__).parent / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
