"""How large is what a verdict rests on?  Lines of code, without blanks, comments and docstrings.

`python benchmarks/kernel_size.py` counts the modules that check proofs (`kernel/` but for two files),
those that check refutations (these two and `evaluation/`), and the terms that both stand on;
`--files` lists each file.
"""

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "symproof"
REFUTING = [ROOT / "kernel" / "witness.py", ROOT / "kernel" / "denial.py"]


def code_lines(path: Path) -> int:
    """The lines that hold code: neither blank nor comment nor docstring."""
    text = path.read_text(encoding="utf-8")
    prose: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            prose.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), 1)
    return sum(1 for k, line in lines if line.strip() and not line.strip().startswith("#") and k not in prose)


def parts() -> dict[str, list[Path]]:
    kernel, evaluation = (sorted((ROOT / name).glob("*.py")) for name in ("kernel", "evaluation"))
    return {
        "proofs: kernel/ without the two below": [path for path in kernel if path not in REFUTING],
        "refutations: kernel/witness.py, kernel/denial.py, evaluation/": [*REFUTING, *evaluation],
        "both: terms/": sorted((ROOT / "terms").rglob("*.py")),
    }


def main() -> None:
    for title, paths in parts().items():
        print(f"{sum(map(code_lines, paths)):6} {title}")
        if "--files" in sys.argv[1:]:
            for path in sorted(paths, key=code_lines, reverse=True):
                print(f"       {code_lines(path):5} {path.name}")


if __name__ == "__main__":
    main()
