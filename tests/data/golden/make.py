"""Values of pandas and scikit-learn that the tests of src/data compare with. usage: python3 make.py (needs both)"""
import json
from pathlib import Path

import pandas as pd
from sklearn.preprocessing import MinMaxScaler, OrdinalEncoder, RobustScaler, StandardScaler

here = Path(__file__).parent
penguins = pd.read_csv(here / "../../../datasets/penguins/data/penguins.csv")
numeric = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
clean = penguins.dropna()


def column(values):
    return [None if pd.isna(value) else value for value in values.tolist()]


robust = RobustScaler().fit(penguins[numeric])
standard = StandardScaler().fit(penguins[numeric])
dummies = pd.get_dummies(clean[["island", "sex"]], prefix_sep="=", dtype=float)
golden = {
    "versions": {"pandas": pd.__version__},
    "shape": list(penguins.shape),
    "missing": penguins.isna().sum().to_dict(),
    "completeRows": int(len(clean)),
    "keptIndex": clean.index.tolist(),
    "keptBySexOnly": int(len(penguins.dropna(subset=["sex"]))),
    "bill_length_mm": column(penguins["bill_length_mm"]),
    "mean": penguins[numeric].mean().to_dict(),
    "median": penguins[numeric].median().to_dict(),
    "mode": {name: column(penguins[name].mode())[0] for name in ["species", "island", "sex", "body_mass_g"]},
    "standard": {"mean": standard.mean_.tolist(), "scale": standard.scale_.tolist()},
    "standardised": standard.transform(penguins[numeric].dropna())[:5].tolist(),
    "minMax": MinMaxScaler().fit_transform(penguins[numeric].dropna())[:5].tolist(),
    "robust": {"center": robust.center_.tolist(), "scale": robust.scale_.tolist()},
    "ordinal": OrdinalEncoder().fit_transform(clean[["island", "sex"]])[:40].tolist(),
    "dummyNames": dummies.columns.tolist(),
    "dummies": dummies.iloc[[0, 1, 150, 332]].values.tolist(),
}
(here / "golden.json").write_text(json.dumps(golden, indent=1) + "\n")
