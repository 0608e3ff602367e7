"""`python -m bench.promises`: writes docs/promises.md and docs/promises.svg; prints the tables."""

from concurrent.futures import ProcessPoolExecutor

from bench.promises.kept import SEEDS, replayed
from bench.promises.page import page
from bench.promises.plot import svg
from infra.package import PROJECT


def main() -> None:
    with ProcessPoolExecutor() as pool:
        months = list(pool.map(replayed, SEEDS))
    text, docs = page(months), PROJECT / "docs"
    (docs / "promises.md").write_text(text, encoding="utf-8")
    (docs / "promises.svg").write_text(svg(months[0]), encoding="utf-8")
    print("\n".join(line for line in text.splitlines() if line.startswith(("|", "Aim"))))


if __name__ == "__main__":
    main()
