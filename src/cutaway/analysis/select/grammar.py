"""The language of selectors: words with `and`, `or`, `not` and parentheses, read into one test."""

import re
from collections.abc import Callable
from typing import NoReturn

from cutaway.analysis.select.terms import TESTS, Context, Test, anything, attribute, exactly, expression
from cutaway.errors import InputError, unknown
from cutaway.graph import Node

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
    tokens = split(text, _TOKEN, _refuse)
    if not tokens:
        _refuse(text, "it is empty")
    return _Reading(text, tokens).result()


def split(text: str, token: re.Pattern[str], refuse: Callable[[str, str], NoReturn]) -> list[re.Match[str]]:
    """Return the tokens of a text, blanks behind the last left out; `refuse` is told of what is none, and why."""
    found, place, end = list[re.Match[str]](), 0, len(text.rstrip())
    while place < end:
        match = token.match(text, place)
        if match is None:
            refuse(text, f"{text[place:].strip()!r} is no part of one")
        found.append(match)
        place = match.end()
    return found


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


class _Reading:
    """A list of tokens while it is read, from left to right."""

    def __init__(self, text: str, tokens: list[re.Match[str]]) -> None:
        self.text = text
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    def result(self) -> Test:
        test = self._either()
        if self.place < len(self.tokens):
            found = self.tokens[self.place][0].strip()
            _refuse(self.text, f"there is {found!r} where 'and' or 'or' is expected; put names with spaces in quotes")
        return test

    def _either(self) -> Test:
        tests = [self._both()]
        while self._takes("or"):
            tests.append(self._both())
        return tests[0] if len(tests) == 1 else lambda node, known: any(test(node, known) for test in tests)

    def _both(self) -> Test:
        tests = [self._one()]
        while self._takes("and"):
            tests.append(self._one())
        return tests[0] if len(tests) == 1 else lambda node, known: all(test(node, known) for test in tests)

    def _one(self) -> Test:
        self.depth += 1
        if self.depth > _DEEPEST:
            _refuse(self.text, f"more than {_DEEPEST} parentheses lie in each other")
        if self._takes("not"):
            test = _negated(self._one())
        elif self._takes("("):
            test = self._either()
            if not self._takes(")"):
                _refuse(self.text, "a parenthesis is not closed")
        else:
            test = self._term()
        self.depth -= 1
        return test

    def _term(self) -> Test:
        token = self.tokens[self.place] if self.place < len(self.tokens) else None
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

    def _takes(self, word: str) -> bool:
        """Go on behind the next token if it is that word or sign."""
        taken = self.place < len(self.tokens) and word in (
            self.tokens[self.place]["word"],
            self.tokens[self.place]["sign"],
        )
        self.place += taken
        return taken


def _negated(test: Test) -> Test:
    def negated(node: Node, known: Context) -> bool:
        return not test(node, known)

    return negated


def _refuse(text: str, why: str) -> NoReturn:
    raise InputError(f"cannot read {text!r} as a selector: {why}")
