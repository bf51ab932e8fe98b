"""Results as JUnit XML: a suite for each file, a case for each claim and each false variant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as xml

from symproof.reporting.terminal import explain
from symproof.results import ClaimResult

# XML 1.0 has no way to write these characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def render(results: Iterable[ClaimResult], *, strict: bool = False, lenient: bool = False) -> str:
    """The XML text; a verdict that was not expected is a failure, an `invalid` one an error."""
    suites = xml.Element("testsuites", name="symproof")
    for file, claims in groupby(results, key=lambda claim: claim.file or "symproof"):
        suite = xml.SubElement(suites, "testsuite", name=_clean(file))
        cases = [case for claim in claims for case in (claim, *claim.refute)]
        wrong = {id(case) for claim in cases for case in claim.unexpected(strict=strict, lenient=lenient)}
        for case in cases:
            node = xml.SubElement(
                suite, "testcase", classname=_clean(file), name=_clean(case.id), time=f"{case.seconds:.3f}"
            )
            if id(case) in wrong:
                kind = "error" if case.verdict == "invalid" else "failure"
                message = ": ".join(filter(None, [case.verdict, case.statement]))
                found = xml.SubElement(node, kind, type=case.verdict, message=_clean(message))
                place = f"{file}:{case.place.line}:{case.place.column}" if case.place is not None else file
                found.text = _clean("\n".join([place, case.statement, *explain(case)]))
        suite.set("tests", str(len(cases)))
        suite.set("failures", str(len(suite.findall("testcase/failure"))))
        suite.set("errors", str(len(suite.findall("testcase/error"))))
        suite.set("time", f"{sum(case.seconds for case in cases):.3f}")
    xml.indent(suites)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + xml.tostring(suites, encoding="unicode") + "\n"


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
