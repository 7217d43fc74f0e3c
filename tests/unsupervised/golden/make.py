"""What scikit-learn finds in the same data: the tests of src/unsupervised compare with it. usage: python3 make.py"""
import json
from pathlib import Path

import numpy as np
from sklearn import cluster, covariance, datasets, decomposition, ensemble, metrics, mixture, neighbors, preprocessing
from sklearn.manifold import _t_sne
from scipy.spatial.distance import pdist, squareform

here = Path(__file__).parent
random = np.random.default_rng(5)
wine = datasets.load_wine()
z = np.round(preprocessing.StandardScaler().fit_transform(wine.data), 4)
digits = datasets.load_digits().data[::12]
golden = {"z": z.tolist(), "truth": wine.target.tolist(), "digits": digits.astype(int).tolist()}

# k-means from the same start, and the best that thirty starts find.
start = z[[3, 70, 150, 20]]
km = cluster.KMeans(4, init=start, n_init=1, tol=0, algorithm="lloyd").fit(z)
golden["kmeans"] = {
    "start": start.tolist(), "centres": km.cluster_centers_.tolist(), "assignments": km.labels_.tolist(),
    "inertia": km.inertia_, "distances": km.transform(z[:5]).tolist(),
    "best": cluster.KMeans(3, n_init=30, random_state=1).fit(z).inertia_,
}
golden["clustering"] = {
    "silhouettes": metrics.silhouette_samples(z, km.labels_).tolist(),
    "silhouette": metrics.silhouette_score(z, km.labels_),
    "daviesBouldin": metrics.davies_bouldin_score(z, km.labels_),
    "adjustedRand": metrics.adjusted_rand_score(wine.target, km.labels_),
    "normalisedMutualInformation": metrics.normalized_mutual_info_score(wine.target, km.labels_),
}

# DBSCAN, on three noisy rings and blobs.
moons, _ = datasets.make_moons(120, noise=0.06, random_state=2)
blob = random.normal([3, 1], 0.15, size=(40, 2))
plane = np.round(np.vstack([moons, blob, random.uniform(-1.5, 4, size=(15, 2))]), 4)
db = cluster.DBSCAN(eps=0.22, min_samples=5).fit(plane)
golden["dbscan"] = {"x": plane.tolist(), "assignments": db.labels_.tolist(), "coreRows": db.core_sample_indices_.tolist()}

# Mixtures from the same start, to the end.
means = z[[3, 70, 150]]
golden["mixture"] = {}
shared = {"full": np.array([np.eye(13)] * 3), "diagonal": np.ones((3, 13)), "spherical": np.ones(3)}
for kind, given in shared.items():
    model = mixture.GaussianMixture(
        3, covariance_type={"diagonal": "diag"}.get(kind, kind), means_init=means, weights_init=[1 / 3] * 3,
        precisions_init=given, tol=1e-10, max_iter=500, reg_covar=1e-3,
    ).fit(z)
    golden["mixture"][kind] = {
        "start": {"weights": [1 / 3] * 3, "means": means.tolist(), "covariances": given.tolist()},
        "weights": model.weights_.tolist(), "means": model.means_.tolist(), "covariances": model.covariances_.tolist(),
        "responsibilities": model.predict_proba(z).tolist(), "score": model.score(z),
        "logDensities": model.score_samples(z).tolist(), "bic": model.bic(z), "aic": model.aic(z),
    }


def upright(components):
    """The largest component of each positive."""
    return np.sign(components[np.arange(len(components)), np.abs(components).argmax(axis=1)])


def pca(x, count):
    model = decomposition.PCA(count, svd_solver="full").fit(x)
    signs = upright(model.components_)
    return {
        "mean": model.mean_.tolist(), "components": (model.components_ * signs[:, None]).tolist(),
        "explainedVariance": model.explained_variance_.tolist(), "explainedShare": model.explained_variance_ratio_.tolist(),
        "transformed": (model.transform(x[:5]) * signs).tolist(),
        "inverse": model.inverse_transform(model.transform(x[:5])).tolist(),
    }


wide = np.round(random.normal(size=(8, 20)) @ np.diag(1 / np.arange(1, 21)), 4)
golden["pca"] = {"wine": pca(z, 13), "digits": pca(digits, 6), "wide": {"x": wide.tolist(), **pca(wide, 5)}}
white = decomposition.PCA(whiten=True).fit(z)
signs = upright(white.components_)
golden["whitening"] = {"pca": (white.transform(z[:5]) * signs).tolist()}
values, vectors = np.linalg.eigh(np.cov(z.T))
golden["whitening"]["zca"] = ((z[:5] - z.mean(axis=0)) @ vectors @ np.diag(values**-0.5) @ vectors.T).tolist()

# t-SNE: the neighbourhoods, and divergence and gradient at some places, of the exact method.
few = z[::3]
squares = squareform(pdist(few, "sqeuclidean")).astype(np.float32)
joint = _t_sne._joint_probabilities(squares, 8.0, 0)
places = np.round(random.normal(size=(len(few), 2)), 3)
divergence, gradient = _t_sne._kl_divergence(places.ravel().astype(np.float64), joint, 1, len(few), 2)
graph = neighbors.NearestNeighbors(n_neighbors=24).fit(few).kneighbors_graph(mode="distance")
graph.data **= 2
golden["tsne"] = {
    "neighbours": _t_sne._joint_probabilities_nn(graph, 8.0, 0).toarray().tolist(),
    "x": few.tolist(), "perplexity": 8, "joint": squareform(joint).tolist(), "places": places.tolist(),
    "divergence": float(divergence), "gradient": gradient.reshape(-1, 2).tolist(),
}

# Anomalies.
odd = np.vstack([z, z[:6] * 4])
robust = covariance.EmpiricalCovariance().fit(z)
n = len(z)
near = neighbors.NearestNeighbors(n_neighbors=5).fit(z)
reduced = decomposition.PCA(4).fit(z)
golden["anomalies"] = {
    "odd": odd[-6:].tolist(),
    # sklearn divides by n, we by n − 1
    "mahalanobis": np.sqrt(robust.mahalanobis(odd[-6:]) * (n - 1) / n).tolist(),
    "neighbours": near.kneighbors(odd[-6:])[0][:, -1].tolist(),
    "fittedNeighbours": near.kneighbors()[0][:, -1].tolist(),
    "reconstruction": ((odd[-6:] - reduced.inverse_transform(reduced.transform(odd[-6:]))) ** 2).mean(axis=1).tolist(),
}
forest = ensemble.IsolationForest(n_estimators=2000, max_samples=64, random_state=1).fit(z)
golden["anomalies"]["forest"] = (-forest.score_samples(odd)).tolist()
(here / "golden.json").write_text(json.dumps(golden) + "\n")
