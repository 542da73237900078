"""The language of selectors: words with `and`, `or`, `not` and parentheses, read into one test."""

import re

from cutaway.analysis.select.terms import TESTS, Context, Test, anything, attribute, exactly, expression
from cutaway.analysis.select.tokens import Reading
from cutaway.errors import InputError, unknown
from cutaway.graph import Node
from cutaway.typed import NoReturn

_DEEPEST = 100
"""Parentheses and `not` within each other; nobody means more."""
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<sign>[()])
      | /(?P<expression>(?:\\.|[^/\\])+)/(?=[\s()]|$)
      | (?P<quoted>"[^"]*"|'[^']*')
      | (?P<key>\w+)=(?P<value>"[^"]*"|'[^']*'|\([^()]*\)|\[[^\[\]]*\]|[^\s()]+)
      | (?P<word>[^\s()"']+)
    )""",
    re.VERBOSE,
)


def read(text: str) -> Test:
    """Return the test that a selector's text means. Raises InputError where it means none."""
    reading = _Reading(text, _TOKEN, _refuse)
    if reading.next is None:
        _refuse(text, "it is empty")
    return reading.result()


def term(token: str) -> Test:
    """Return the test of one word: `op:Conv2D`, `block1/*`."""
    head, sign, tail = token.partition(":")
    if not sign:
        return anything(token)
    if head not in TESTS:
        raise InputError(
            f"cannot read {token!r} as a selector: {unknown(head, TESTS)} before a colon; put a name in quotes"
        )
    if not tail:
        raise InputError(f"cannot read {token!r} as a selector: nothing follows the colon")
    return TESTS[head](tail)


class _Reading(Reading):
    """A selector while it is read, from left to right."""

    def result(self) -> Test:
        test = self._either()
        if self.place < len(self.tokens):
            found = self.tokens[self.place][0].strip()
            _refuse(self.text, f"there is {found!r} where 'and' or 'or' is expected; put names with spaces in quotes")
        return test

    def _either(self) -> Test:
        tests = [self._both()]
        while self.takes("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda node, known: any(test(node, known) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self.takes("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda node, known: all(test(node, known) for test in tests)

    def _one(self) -> Test:
        self.depth += 1
        if self.depth > _DEEPEST:
            _refuse(self.text, f"more than {_DEEPEST} parentheses lie in each other")
        if self.takes("not"):
            test = _negated(self._one())
        elif self.takes("("):
            test = self._either()
            if not self.takes(")"):
                _refuse(self.text, "a parenthesis is not closed")
        else:
            test = self._term()
        self.depth -= 1
        return test

    def _term(self) -> Test:
        token = self.next
        if token is None or token["sign"] or token["word"] in {"and", "or"}:
            found = "it ends" if token is None else f"there is {token[0].strip()!r}"
            _refuse(self.text, f"{found} where a name is expected")
        self.place += 1
        if token["expression"]:
            return expression(token["expression"])
        if token["quoted"]:
            return exactly(token["quoted"][1:-1])
        if token["key"]:
            return attribute(token["key"], token["value"].strip("\"'"))
        return term(token["word"])


def _negated(test: Test) -> Test:
    def negated(node: Node, known: Context) -> bool:
        return not test(node, known)

    return negated


def _refuse(text: str, why: str) -> NoReturn:
    raise InputError(f"cannot read {text!r} as a selector: {why}")
