"""Writes Fixtures/reference/numbers.json: small arrays and what SciPy, NumPy and statsmodels say of them.

Every number stands with the call that made it, which is evaluated as written. Run from the project's folder.
"""

import json
import sys

import numpy
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats import multitest, power, proportion
from statsmodels.stats.diagnostic import acorr_ljungbox, lilliefors
from statsmodels.stats.oneway import anova_oneway
from statsmodels.tsa.stattools import acf

random = np.random.default_rng(20261121)
data = {
    "a": [round(v, 3) for v in random.normal(50, 8, 30)],
    "b": [round(v, 3) for v in random.normal(54, 11, 24)],
    "c": [round(v, 3) for v in random.normal(51, 8, 27)],
    "skewed": [round(v, 3) for v in random.lognormal(1, 0.8, 40)],
    "ties": [float(v) for v in random.integers(1, 6, 36)],
    "otherTies": [float(v) for v in random.integers(2, 8, 31)],
    "far": [1e9 + v for v in (4, 7, 13, 16, 9, 11)],
    "x": [round(v, 3) for v in random.normal(0, 1, 25)],
}
data["y"] = [round(0.6 * v + e, 3) for v, e in zip(data["x"], random.normal(0, 1, 25))]
data["series"] = [round(0.2 * t + v, 3) for t, v in enumerate(random.normal(0, 3, 48))]
data["p"] = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216]
a, b, c, skewed, ties, otherTies, far, x, y, series, p = (np.array(v) for v in data.values())
time = sm.add_constant(np.arange(len(series)))
line = sm.OLS(series, time).fit()
hac = sm.OLS(series, time).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, use_t=True)

closed, approximate = 1e-10, 1e-6
calls = [
    ("mean", "np.mean(a)", closed),
    ("variance", "np.var(a, ddof=1)", closed),
    ("variance.far", "np.var(far, ddof=1)", closed),
    ("skewness", "stats.skew(skewed)", closed),
    ("skewness.unbiased", "stats.skew(skewed, bias=False)", closed),
    ("kurtosis", "stats.kurtosis(skewed)", closed),
    ("kurtosis.unbiased", "stats.kurtosis(skewed, bias=False)", closed),
    ("median", "np.median(b)", closed),
    ("quantile.7", "np.quantile(skewed, 0.9)", closed),
    ("quantile.6", "np.quantile(skewed, 0.9, method='weibull')", closed),
    ("mad", "stats.median_abs_deviation(skewed)", closed),
    ("mean.low", "stats.t.interval(0.95, len(a) - 1, a.mean(), stats.sem(a))[0]", closed),
    ("shapiro.w", "stats.shapiro(skewed).statistic", approximate),
    ("shapiro.p", "stats.shapiro(a).pvalue", approximate),
    ("dagostino.k2", "stats.normaltest(skewed).statistic", closed),
    ("dagostino.p", "stats.normaltest(skewed).pvalue", closed),
    ("jarqueBera", "stats.jarque_bera(skewed).statistic", closed),
    ("lilliefors.d", "lilliefors(a)[0]", closed),
    ("lilliefors.p", "lilliefors(a)[1]", approximate),
    ("welch.t", "stats.ttest_ind(b, a, equal_var=False).statistic", closed),
    ("welch.p", "stats.ttest_ind(b, a, equal_var=False).pvalue", closed),
    ("welch.low", "stats.ttest_ind(b, a, equal_var=False).confidence_interval().low", closed),
    ("student.p", "stats.ttest_ind(b, a).pvalue", closed),
    ("paired.p", "stats.ttest_rel(b, a[:24]).pvalue", closed),
    ("wilcoxon.exact.p", "stats.wilcoxon(b, a[:24], method='exact').pvalue", closed),
    ("mannWhitney.exact.p", "stats.mannwhitneyu(a, b, method='exact').pvalue", closed),
    ("mannWhitney.ties.p", "stats.mannwhitneyu(ties, otherTies, method='asymptotic').pvalue", closed),
    ("ks.p", "stats.ks_2samp(a, b).pvalue", closed),
    ("anova.f", "stats.f_oneway(a, b, c).statistic", closed),
    ("anova.p", "stats.f_oneway(a, b, c).pvalue", closed),
    ("welchAnova.p", "anova_oneway([a, b, c], use_var='unequal').pvalue", closed),
    ("kruskal.p", "stats.kruskal(ties, otherTies, a / 10).pvalue", closed),
    ("brownForsythe.p", "stats.levene(a, b, c, center='median').pvalue", closed),
    ("tukey.p", "stats.tukey_hsd(a, b, c).pvalue[0, 1]", approximate),
    ("chiSquared.p", "stats.chi2_contingency([[12, 30, 9], [25, 22, 14]], correction=False).pvalue", closed),
    ("fisher.p", "stats.fisher_exact([[3, 14], [11, 6]]).pvalue", closed),
    ("wilson.low", "proportion.proportion_confint(7, 40, method='wilson')[0]", closed),
    ("proportions.z", "proportion.proportions_ztest([18, 31], [60, 70])[0] * -1", closed),
    ("pearson.p", "stats.pearsonr(x, y).pvalue", closed),
    ("spearman.rho", "stats.spearmanr(x, y).statistic", closed),
    ("kendall.tau", "stats.kendalltau(ties[:31], otherTies).statistic", closed),
    ("kendall.exact.p", "stats.kendalltau(x, y, method='exact').pvalue", closed),
    ("line.slope", "line.params[1]", closed),
    ("line.p", "line.pvalues[1]", closed),
    ("line.low", "line.conf_int()[1][0]", closed),
    ("line.hac.se", "hac.bse[1]", closed),
    ("theilSen.slope", "stats.theilslopes(series).slope", closed),
    ("theilSen.low", "stats.theilslopes(series).low_slope", closed),
    ("acf.3", "acf(series, nlags=3)[3]", closed),
    ("ljungBox.p", "acorr_ljungbox(series, lags=[5]).lb_pvalue.iloc[0]", closed),
    ("holm.4", "multitest.multipletests(p, method='holm')[1][3]", closed),
    ("bh.4", "multitest.multipletests(p, method='fdr_bh')[1][3]", closed),
    ("power", "power.TTestIndPower().power(0.5, 50, 0.05)", closed),
    ("normal.tail", "stats.norm.sf(8.5)", closed),
    ("t.tail", "stats.t.sf(4.2, 7.5)", closed),
    ("f.tail", "stats.f.sf(5.5, 3, 17)", closed),
    ("chi2.tail", "stats.chi2.sf(41.3, 12)", closed),
    ("studentizedRange.tail", "stats.studentized_range.sf(3.9, 4, 20)", approximate),
]
numbers = [{"id": i, "call": call, "value": float(eval(call)), "tolerance": t} for i, call, t in calls]
document = {
    "what": "Reference numbers with the calls that made them (Scripts/reference-numbers.py).",
    "versions": {
        "python": sys.version.split()[0],
        **{m.__name__: m.__version__ for m in (numpy, scipy, statsmodels)},
    },
    "tolerance": "relative: 1e-10 for closed forms, 1e-6 where the library itself approximates",
    "data": data,
    "numbers": numbers,
}
with open("Fixtures/reference/numbers.json", "w") as file:
    file.write("{\n")
    for key, value in list(document.items())[:3]:
        file.write(f"  {json.dumps(key)}: {json.dumps(value)},\n")
    rows = ",\n".join(f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in data.items())
    file.write('  "data": {\n' + rows + "\n  },\n")
    file.write('  "numbers": [\n' + ",\n".join("    " + json.dumps(n) for n in numbers) + "\n  ]\n}\n")
