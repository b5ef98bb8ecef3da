"""The same file in statsmodels (GLM row by row, errors robust to the provider), or its grouping alone in DuckDB.

    python beside.py statsmodels FILE.parquet
    python beside.py duckdb FILE.parquet
"""

import resource
import sys
import time

LEVELS = {
    "sex": ["male", "female"],
    "age": ["18-35", "36-50", "51-65", "over 65"],
    "morbidity": ["very low", "low", "moderate", "high or very high"],
    "share": ["<= 10 %", "> 10-20 %", "> 20-50 %", "> 50 %"],
    "insurance": ["commercial", "Medicare", "Medicaid", "other"],
}


class Timed:
    """Prints the wall clock and the processor time of a step."""

    def __init__(self, step):
        self.step = step

    def __enter__(self):
        self.wall, self.processor = time.perf_counter(), time.process_time()

    def __exit__(self, *_):
        wall, processor = time.perf_counter() - self.wall, time.process_time() - self.processor
        print(f"{self.step} {wall:.2f} s ({processor:.2f} s of processor)")


def statsmodels(path):
    import numpy as np
    import pandas as pd
    import statsmodels.api as sm

    with Timed("statsmodels: read"):
        rows = pd.read_parquet(path)
        design = [np.ones(len(rows))]
        for name, levels in LEVELS.items():
            codes = pd.Categorical(rows[name], categories=levels).codes
            design += [(codes == at).astype(float) for at in range(1, len(levels))]
        design = np.column_stack(design)
        outcome = rows["messaged"].astype(float).to_numpy()
        providers = pd.factorize(rows["pcp"])[0]
    with Timed("statsmodels: fit with robust errors"):
        model = sm.GLM(outcome, design, family=sm.families.Binomial())
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": providers})
    print(f"statsmodels: odds ratio of female {np.exp(fit.params[1]):.4f}, its error {fit.bse[1]:.6f}")


def duckdb(path):
    import duckdb

    columns = ", ".join(["pcp", *LEVELS])
    with Timed("duckdb: grouping"):
        connection = duckdb.connect()
        connection.execute("SET threads = 2")
        query = f"SELECT {columns}, COUNT(*) AS n, SUM(messaged::INT) AS events FROM read_parquet(?) GROUP BY ALL"
        connection.execute(f"CREATE TEMP TABLE grouped AS {query}", [path])
    (groups,) = connection.execute("SELECT COUNT(*) FROM grouped").fetchone()
    print(f"duckdb: {groups} groups")


if __name__ == "__main__":
    {"statsmodels": statsmodels, "duckdb": duckdb}[sys.argv[1]](sys.argv[2])
    print(f"{sys.argv[1]}: peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000} MB")
