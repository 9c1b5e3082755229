"""Times SciPy, NumPy, ruptures and scikit-learn on the arrays that `assay-bench statistics` wrote into a folder.

Prints lines of name, seconds (the best of a few runs) and the call; anything else that it prints is a remark.
"""

import sys
import time

folder = sys.argv[1]
try:
    import numpy as np
    from scipy import stats
except ImportError as missing:
    print(f"# {missing}: install numpy and scipy to compare with them")
    sys.exit()

million = np.fromfile(f"{folder}/million", dtype="<f8")
steps = np.fromfile(f"{folder}/steps", dtype="<f8")
a, b, c = (million[i * 100_000 : (i + 1) * 100_000] for i in range(3))


def best(name, by, call, runs=5):
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    print(f"{name}\t{min(times)}\t{by}", flush=True)


def described():
    stats.describe(million)
    np.quantile(million, [0.25, 0.5, 0.75])
    stats.median_abs_deviation(million)


best("mean and variance, 1e6", "numpy mean, var", lambda: (million.mean(), million.var(ddof=1)), 9)
best("moments to the fourth, 1e6", "scipy describe", lambda: stats.describe(million))
best("description with quartiles and MAD, 1e6", "scipy describe, MAD; numpy quantile", described)
best("sort, 1e6", "numpy unique with counts", lambda: np.unique(million, return_counts=True))
best("quartiles, 1e6", "numpy quantile", lambda: np.quantile(million, [0.25, 0.75]))
best("Shapiro–Wilk, 5000", "scipy shapiro", lambda: stats.shapiro(a[:5000]))
best("Mann–Whitney, 2 × 1e5", "scipy mannwhitneyu", lambda: stats.mannwhitneyu(a, b), 3)
best("Kolmogorov–Smirnov, 2 × 1e5", "scipy ks_2samp", lambda: stats.ks_2samp(a, b), 3)
best("Kruskal–Wallis, 3 × 1e5", "scipy kruskal", lambda: stats.kruskal(a, b, c), 3)
best("Kendall, 1e5", "scipy kendalltau", lambda: stats.kendalltau(a, b), 3)
best("Spearman, 1e5", "scipy spearmanr", lambda: stats.spearmanr(a, b), 3)
best("Wilcoxon, 1e5", "scipy wilcoxon", lambda: stats.wilcoxon(a, b), 3)
best("Theil–Sen with interval, 2000", "scipy theilslopes", lambda: stats.theilslopes(a[:2000]), 3)
try:
    import ruptures

    penalty = 3 * 11.5129
    few = steps[:2000]
    pelt = lambda: ruptures.KernelCPD("linear", min_size=2).fit(few.reshape(-1, 1)).predict(pen=penalty)
    best("PELT, 2000, with changes", "ruptures KernelCPD (C)", pelt, 3)
except ImportError as missing:
    print(f"# {missing}: install ruptures to compare change points")
try:
    from sklearn.ensemble import IsolationForest

    rows = million[:800_000].reshape(8, 100_000).T.copy()
    forest = lambda: IsolationForest(random_state=1).fit(rows).score_samples(rows)
    best("isolation forest, 1e5 × 8, grown and scored", "scikit-learn", forest, 2)
except ImportError as missing:
    print(f"# {missing}: install scikit-learn to compare isolation forests")
