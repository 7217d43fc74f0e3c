"""What pandas, scikit-learn and scipy make of tables. usage: python3 make_tables.py (needs all three)"""
import json
import re
import unicodedata
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.stats import median_abs_deviation
from sklearn.impute import KNNImputer
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold, TimeSeriesSplit
from sklearn.preprocessing import StandardScaler

here = Path(__file__).parent
root = here / "../../../datasets"
penguins = pd.read_csv(root / "penguins/data/penguins.csv")
numeric = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
strikes = pd.read_csv(root / "birdstrikes/data/birdstrikes.csv", keep_default_na=False, na_values=[""])
reviews = pd.read_csv(root / "fine-foods/data/fine_foods_train.csv").review[:700].tolist()


def plain(values):
    return [[None if pd.isna(cell) else cell for cell in row] for row in values]


def holes(frame):
    """Takes away every 7th, 11th, … number, so that many rows lack something."""
    frame = frame.copy()
    for place, column in enumerate(frame.columns):
        frame.loc[frame.index % (7 + 4 * place) == place, column] = np.nan
    return frame


def knn(frame, other, neighbours):
    scaler = StandardScaler().fit(frame)
    imputer = KNNImputer(n_neighbors=neighbours).fit(scaler.transform(frame))
    return scaler.inverse_transform(imputer.transform(scaler.transform(other)))


def limits(values):
    first, third = values.quantile(0.25), values.quantile(0.75)
    deviation = median_abs_deviation(values.dropna(), scale=0.6745)
    return {
        "iqr": [first - 1.5 * (third - first), third + 1.5 * (third - first)],
        "robust-z": [values.median() - 3.5 * deviation, values.median() + 3.5 * deviation],
    }


def shingles(text, length):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M"))
    words = re.findall(r"[^\W_]+", plain.lower())
    return {" ".join(words[i : i + length]) for i in range(max(1, len(words) - length + 1))} if words else set()


def near(texts, length, threshold):
    sets = [shingles(text, length) for text in texts]
    found = []
    for a, b in combinations(range(len(sets)), 2):
        common = len(sets[a] & sets[b])
        union = len(sets[a] | sets[b])
        if union and common / union >= threshold:
            found.append([a, b, common / union])
    return found


def folds(splitter, *arguments):
    return [test.tolist() for _, test in splitter.split(*arguments)]


rng = np.random.RandomState(3)
# No two distances shall be equal: which of equal neighbours is taken is anybody's choice.
holed = holes(penguins[numeric] + rng.normal(scale=1e-3, size=(len(penguins), 4)))
groups = rng.choice(list("abcdefghij"), 60, p=np.arange(1, 11) / 55).tolist()
classes = penguins.species.iloc[::5].tolist()
duplicated = strikes.groupby(list(strikes.columns), dropna=False).indices.values()
random_values = rng.normal(size=101).tolist()

golden = {
    "holed": plain(holed.values.tolist()),
    "knn": {
        "self": knn(holed, holed, 5).tolist(),
        "other": knn(holed[:200], holed[200:], 3).tolist(),
    },
    "quantiles": {str(q): float(np.quantile(random_values, q)) for q in [0, 0.1, 0.25, 0.5, 0.77, 1]},
    "randomValues": random_values,
    "duplicates": {
        "groups": sorted([sorted(group.tolist()) for group in duplicated if len(group) > 1]),
        "keptLast": len(strikes.drop_duplicates(keep="last")),
        "keptNone": len(strikes.drop_duplicates(keep=False)),
        "byColumns": int(strikes.duplicated(["Airport Name", "Wildlife Species"]).sum()),
    },
    "limits": {column: limits(penguins[column]) for column in numeric},
    "near": near(reviews, 2, 0.06),
    "nearWords": near(reviews, 1, 0.35),
    "groups": groups,
    "classes": classes,
    "folds": {
        "plain": folds(KFold(4), np.zeros(30)),
        "stratified": folds(StratifiedKFold(4), np.zeros(len(classes)), classes),
        "grouped": folds(GroupKFold(3), np.zeros(60), None, groups),
        "time": [[train.tolist(), test.tolist()] for train, test in TimeSeriesSplit(4).split(np.zeros(23))],
    },
    "describe": penguins.describe().to_dict(),
    "top": {name: [penguins[name].describe()[key] for key in ["count", "unique", "top", "freq"]] for name in ["species", "sex"]},
    "groupMeans": penguins.groupby(["species", "sex"])[numeric].mean().reset_index().values.tolist(),
    "groupMedians": penguins.groupby("island")[numeric].median().reset_index().values.tolist(),
    "groupCounts": penguins.groupby("species")[numeric].count().reset_index().values.tolist(),
    "pearson": penguins[numeric].corr().values.tolist(),
    "spearman": holed.corr("spearman").values.tolist(),
}
text = json.dumps(golden, default=lambda value: value.item())
(here / "tables.json").write_text(text.replace('], "', '],\n"').replace('}, "', '},\n"') + "\n")
