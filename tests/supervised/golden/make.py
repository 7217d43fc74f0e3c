"""What scikit-learn learns from the same data: the tests of src/supervised compare with it. usage: python3 make.py"""
import json
from pathlib import Path

import numpy as np
from sklearn import datasets, linear_model, naive_bayes, neighbors, preprocessing, tree

here = Path(__file__).parent
wine, iris = datasets.load_wine(), datasets.load_iris()
random = np.random.default_rng(3)


def rounded(values, digits=4):
    return np.round(values, digits).tolist()


# Wine, as it is (units from 0.1 to 1,600) and standardised; a random half to fit on, the other to ask about.
order = random.permutation(len(wine.target))
fit, ask = order[:90], order[90:]
x = wine.data
z = np.round(preprocessing.StandardScaler().fit(x[fit]).transform(x), 4)
names = wine.target_names[wine.target]
n = len(fit)
golden = {
    "wine": {"x": x.tolist(), "z": z.tolist(), "y": names.tolist(), "fit": fit.tolist(), "ask": ask.tolist()},
}

# Linear: the alcohol of a wine from all else, and from columns that depend on each other.
others, alcohol = np.delete(x, 0, 1), x[:, 0]
ols = linear_model.LinearRegression().fit(others[fit], alcohol[fit])
onehot = np.hstack([np.eye(3)[wine.target], z[:, :4], z[:, :2].sum(axis=1, keepdims=True)])
onehot = np.round(onehot, 4)
deficient = linear_model.LinearRegression().fit(onehot[fit], alcohol[fit])
wide = rounded(random.normal(size=(12, 20)))
wide_y = rounded(random.normal(size=12))
wide_fit = linear_model.LinearRegression().fit(wide, wide_y)
through = linear_model.LinearRegression(fit_intercept=False).fit(others[fit], alcohol[fit])


def line(model, asked):
    return {"weights": model.coef_.tolist(), "bias": float(model.intercept_), "predictions": model.predict(asked).tolist()}


golden["linear"] = {**line(ols, others[ask]), "score": ols.score(others[ask], alcohol[ask])}
golden["through"] = line(through, others[ask])
golden["deficient"] = {"x": onehot.tolist(), "rank": int(deficient.rank_), **line(deficient, onehot[ask])}
golden["wide"] = {"x": wide, "y": wide_y, **line(wide_fit, wide)}
golden["ridge"] = {
    str(l2): line(linear_model.Ridge(alpha=l2 * n, tol=1e-12).fit(others[fit], alcohol[fit]), others[ask])
    for l2 in (0.01, 10)
}
golden["wideRidge"] = line(linear_model.Ridge(alpha=0.1 * 12).fit(wide, wide_y), wide)


# Logistic: sklearn minimises the sum of losses times C plus |w|²/2, but stops some digits before the optimum; Newton's
# method with the exact Hessian goes on from there to the last one.
def logistic(inputs, target, l2, **options):
    model = linear_model.LogisticRegression(C=1 / (2 * l2 * n), tol=1e-6, max_iter=100_000, **options)
    model.fit(inputs[fit], target[fit])
    a = np.hstack([inputs[fit], np.ones((n, 1))])
    outputs, width = len(model.coef_), a.shape[1]
    theta = np.hstack([model.coef_, model.intercept_[:, None]])
    truth = (target[fit][:, None] == model.classes_[-outputs:]).astype(float)
    penalty = np.r_[np.full(width - 1, 2 * l2), 0]
    for _ in range(20):
        scores = a @ theta.T
        p = 1 / (1 + np.exp(-scores)) if outputs == 1 else np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        gradient = (p - truth).T @ a / n + penalty * theta
        hessian = np.zeros((outputs, width, outputs, width))
        for i in range(outputs):
            for j in range(outputs):
                hessian[i, :, j, :] = (a * (p[:, i] * ((i == j) - p[:, j]))[:, None]).T @ a / n
            hessian[i, :, i, :] += np.diag(penalty)
        theta -= (np.linalg.pinv(hessian.reshape(theta.size, theta.size)) @ gradient.ravel()).reshape(theta.shape)
    assert np.abs(gradient).max() < 1e-12 and np.abs(theta[:, :-1] - model.coef_).max() < 1e-2
    model.coef_, model.intercept_ = theta[:, :-1], theta[:, -1]
    return {
        "weights": model.coef_.tolist(),
        "biases": model.intercept_.tolist(),
        "probabilities": model.predict_proba(inputs[ask]).tolist(),
        "predictions": model.predict(inputs[ask]).tolist(),
        "score": model.score(inputs[ask], target[ask]),
    }


two = np.where(wine.target == 1, "class_1", "other")
golden["logistic"] = {str(l2): logistic(z, two, l2) for l2 in (1e-1, 1e-3, 1e-5)}
golden["softmax"] = {str(l2): logistic(z, names, l2, multi_class="multinomial") for l2 in (1e-1, 1e-3)}
golden["two"] = two.tolist()

# Naive Bayes: wine for measurements, made counts of words for the others.
rates = random.gamma(0.5, size=(3, 12))
words = random.poisson(rates[random.integers(0, 3, size=60)])
topics = random.integers(0, 3, size=60)
words[np.arange(60), topics] += 3
words[topics == 2, 7] = 0


def bayes(model, inputs, target, asked):
    model.fit(inputs, target)
    return {"logPriors": model.class_log_prior_.tolist() if hasattr(model, "class_log_prior_") else np.log(model.class_prior_).tolist(),
            "logJoint": model._joint_log_likelihood(model._check_X(asked)).tolist(), "probabilities": model.predict_proba(asked).tolist(),
            "predictions": model.predict(asked).tolist()}


golden["words"] = {"x": words.tolist(), "y": topics.tolist()}
gaussian = naive_bayes.GaussianNB()
golden["gaussian"] = bayes(gaussian, x[fit], names[fit], x[ask])
golden["gaussian"] |= {"means": gaussian.theta_.tolist(), "variances": gaussian.var_.tolist()}
for kind, model in {"multinomial": naive_bayes.MultinomialNB(alpha=0.5), "bernoulli": naive_bayes.BernoulliNB(alpha=1)}.items():
    golden[kind] = bayes(model, words[:40], topics[:40], words[40:])
    golden[kind]["logLikelihoods"] = model.feature_log_prob_.tolist()

# Neighbours.
golden["knn"] = {}
for weights in ("uniform", "distance"):
    votes = neighbors.KNeighborsClassifier(7, weights=weights, algorithm="brute").fit(z[fit], names[fit])
    means = neighbors.KNeighborsRegressor(4, weights=weights, algorithm="brute").fit(z[fit], alcohol[fit])
    distances, rows = votes.kneighbors(z[ask])
    golden["knn"][weights] = {
        "probabilities": votes.predict_proba(z[ask]).tolist(),
        "numbers": means.predict(z[ask]).tolist(),
        "distances": distances.tolist(),
        "rows": rows.tolist(),
    }


# Trees, on data in which no two questions are equally good: sklearn draws lots among those. It keeps float32.
features = np.round(np.random.default_rng(4).normal(size=(300, 5)), 3).astype(np.float32).astype(float)
score = features @ random.normal(size=(5, 3)) + features[:, :3] * features[:, 1:4] + random.normal(size=(300, 3))
groups = np.array(["a", "b", "c"])[score.argmax(axis=1)]
height = np.round(score[:, 0], 3)


def node(fitted, place):
    t = fitted.tree_
    value = t.value[place][0] / (t.value[place][0].sum() if t.n_classes[0] > 1 else 1)
    found = {"samples": int(t.n_node_samples[place]), "impurity": float(t.impurity[place]), "value": value.tolist()}
    if t.children_left[place] < 0:
        return found
    return {**found, "feature": int(t.feature[place]), "threshold": float(t.threshold[place]),
            "left": node(fitted, t.children_left[place]), "right": node(fitted, t.children_right[place])}


golden["tree"] = {"x": features.tolist(), "groups": groups.tolist(), "height": height.tolist()}
for criterion in ("gini", "entropy", "squared_error"):
    kind = tree.DecisionTreeRegressor if criterion == "squared_error" else tree.DecisionTreeClassifier
    target = height if criterion == "squared_error" else groups
    grown = [kind(criterion=criterion, max_depth=4, min_samples_leaf=12, random_state=i).fit(features, target) for i in range(8)]
    assert len({(*fitted.tree_.feature, *np.round(fitted.tree_.threshold, 4)) for fitted in grown}) == 1, criterion
    golden["tree"][criterion] = {"root": node(grown[0], 0), "importances": grown[0].feature_importances_.tolist(),
                                 "score": grown[0].score(features, target)}
golden["iris"] = {"x": iris.data.tolist(), "y": iris.target.tolist()}
(here / "golden.json").write_text(json.dumps(golden) + "\n")
