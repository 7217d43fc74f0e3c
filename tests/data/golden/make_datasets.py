"""What pandas and scikit-learn find in the datasets. usage: python3 make_datasets.py (needs both)"""
import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn import datasets

here = Path(__file__).parent
root = here / "../../../datasets"
tables = {
    "penguins": "penguins.csv",
    "penguins-raw": "penguins_raw.csv",
    "iris": "iris.csv",
    "wine": "wine.csv",
    "breast-cancer": "breast_cancer.csv",
    "sacramento": "sacramento.csv",
    "titanic": "titanic.csv",
    "reported-heights": "reported_heights.csv",
    "birdstrikes": "birdstrikes.csv",
    "german-credit": "german_credit.csv",
    "ucb-admissions": "ucb_admissions.csv",
    "afinn": "afinn_111.csv",
}
missing = {"birdstrikes": [""], "afinn": []}


def summary(path, missing=("", "NA")):
    frame = pd.read_csv(path, keep_default_na=False, na_values=list(missing))
    numbers = frame.select_dtypes("number")
    return {
        "shape": list(frame.shape),
        "missing": {k: int(v) for k, v in frame.isna().sum().items()},
        "duplicates": int(frame.duplicated().sum()),
        "sum": {k: float(v) for k, v in numbers.sum().items()},
        "distinct": {k: int(v) for k, v in frame.nunique().items()},
    }


def idx(path):
    raw = gzip.open(path).read()
    axes = raw[3]
    shape = [int.from_bytes(raw[4 + 4 * i : 8 + 4 * i], "big") for i in range(axes)]
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * axes).reshape(shape)


golden = {name: summary(root / name / "data" / file, missing.get(name, ("", "NA"))) for name, file in tables.items()}
for part in ["train", "test"]:
    golden[f"fine-foods/{part}"] = summary(root / f"fine-foods/data/fine_foods_{part}.csv", [])

digits = datasets.load_digits()
golden["digits"] = {
    "labels": digits.target[:20].tolist(),
    "first": digits.data[0].tolist(),
    "sum": float(digits.data.sum()),
    "meanByClass": [float(digits.data[digits.target == label].mean() / 16) for label in range(10)],
}
for part in ["train", "test"]:
    images = idx(root / f"fashion-mnist/data/{part}-images-idx3-ubyte.gz")
    labels = idx(root / f"fashion-mnist/data/{part}-labels-idx1-ubyte.gz")
    golden[f"fashion-mnist/{part}"] = {
        "shape": list(images.shape),
        "labels": labels[:20].tolist(),
        "meanByClass": [float(images[labels == label].mean() / 255) for label in range(10)],
        "last": images[-1].reshape(-1).tolist(),
    }
(here / "datasets.json").write_text(json.dumps(golden, indent=1) + "\n")
