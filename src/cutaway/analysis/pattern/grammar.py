"""The language of patterns, read into a tree and compiled to a program."""

import re

from cutaway.analysis.pattern.program import Branch, Either, Fork, Instruction, Join, Program, Take
from cutaway.analysis.select.grammar import term
from cutaway.analysis.select.terms import TESTS, Test, attribute, operation
from cutaway.analysis.select.tokens import Reading
from cutaway.errors import InputError
from cutaway.record import Record
from cutaway.typed import NoReturn

_MOST = 1000
"""Nodes that a repetition may ask for, and instructions of a whole pattern by the hundred."""
_DEEPEST = 50
_TOKEN = re.compile(
    r"\s*(?:(?P<sign>[()|>,+?*\[\]](?![\w*?:])|[()|>,\[\]+])|\{(?P<low>\d+)(?P<comma>,(?P<high>\d*))?\}"
    r"|(?P<attribute>\w+=(?:\([^()]*\)|\"[^\"]*\"|[^\s,\]\[]+))|(?P<word>[\w*?][\w*?.:/#-]*))"
)


class Node(Record):
    """One node that passes a test."""

    test: Test


class Chain(Record):
    """One part behind the other; none for a direct line."""

    parts: "tuple[Part, ...]"


class Fan(Record):
    """Branches from one place."""

    branches: tuple[Chain, ...]


class Repeat(Record):
    """A part at least `low` and at most `high` times; None for any number."""

    part: "Part"
    low: int
    high: int | None


Part = Node | Chain | Fan | Repeat


def read(text: str) -> Program:
    """Return the program of a pattern. Raises InputError where it means none."""
    tree = _Reading(text, _TOKEN, _refuse).result()
    made: list[Instruction] = []
    _compile(tree, made, text)
    if not any(isinstance(each, Take) for each in made):
        _refuse(text, "it holds no node")
    return tuple(made)


class _Reading(Reading):
    """A pattern while it is read, from left to right."""

    def result(self) -> Chain:
        """Return the whole pattern."""
        tree = self._chain()
        if self.place < len(self.tokens):
            _refuse(self.text, f"there is {self._shown()} where '>' or the end is expected")
        if tree.parts and _spreads(tree.parts[-1]):
            _refuse(self.text, "it ends in branches; add the node that joins them: (…) > Add")
        return tree

    def _chain(self) -> Chain:
        parts = [self._repeated()]
        while self.takes(">"):
            parts.append(self._repeated())
            if _spreads(parts[-1]) and _spreads(parts[-2]):
                _refuse(self.text, "branches follow branches; put the node between them that joins the first")
        return Chain(parts=tuple(parts))

    def _repeated(self) -> Part:
        part = self._group() if self.takes("(") else self._node()
        bounds = self._bounds()
        if bounds is None:
            return part
        if _spreads(part):
            _refuse(self.text, "branches alone cannot repeat; repeat them with the node that joins them")
        if bounds[1] is None and _may_be_empty(part):
            _refuse(self.text, "what repeats without an end may be empty")
        return Repeat(part=part, low=bounds[0], high=bounds[1])

    def _group(self) -> Part:
        self.depth += 1
        if self.depth > _DEEPEST:
            _refuse(self.text, f"more than {_DEEPEST} parentheses lie in each other")
        branches = [self._branch()]
        while self.takes("|"):
            branches.append(self._branch())
        if not self.takes(")"):
            _refuse(self.text, f"there is {self._shown()} where '>', '|' or ')' is expected")
        self.depth -= 1
        if len(branches) == 1:
            return branches[0]
        if sum(not branch.parts for branch in branches) > 1:
            _refuse(self.text, "more than one branch is empty")
        return Fan(branches=tuple(branches))

    def _branch(self) -> Chain:
        token = self.next
        if token is not None and token["sign"] in {"|", ")"}:
            return Chain(parts=())
        branch = self._chain()
        if _spreads(branch.parts[-1]):
            _refuse(self.text, "a branch ends in branches; add the node that joins them")
        return branch

    def _node(self) -> Node:
        tests = [self._one()]
        while self.takes("or"):
            tests.append(self._one())
        if len(tests) == 1:
            return Node(test=tests[0])
        return Node(test=lambda node, known: any(test(node, known) for test in tests))

    def _one(self) -> Test:
        token = self.next
        if token is None or (token["word"] is None and token["sign"] not in {"*", "?"}) or token["word"] == "or":
            _refuse(self.text, f"there is {self._shown()} where a node is expected")
        self.place += 1
        word = token["word"] or "*"
        tests = [term(word) if word.partition(":")[0] in TESTS and ":" in word else operation(word)]
        if self.takes("["):
            tests.append(self._attribute())
            while self.takes(","):
                tests.append(self._attribute())
            if not self.takes("]"):
                _refuse(self.text, f"there is {self._shown()} where ',' or ']' is expected")
        return tests[0] if len(tests) == 1 else lambda node, known: all(test(node, known) for test in tests)

    def _attribute(self) -> Test:
        token = self.next
        if token is None or not token["attribute"]:
            _refuse(self.text, f"there is {self._shown()} where an attribute such as strides=2 is expected")
        self.place += 1
        key, _, value = token["attribute"].partition("=")
        return attribute(key, value.strip('"'))

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, low, high in (("*", 0, None), ("+", 1, None), ("?", 0, 1)):
            if self.takes(sign):
                return low, high
        token = self.next
        if token is None or token["low"] is None:
            return None
        self.place += 1
        low = int(token["low"])
        high = int(token["high"]) if token["high"] else None if token["comma"] else low
        if max(low, high or 0) > _MOST or (high is not None and (high < low or not high)):
            _refuse(self.text, f"{token[0].strip()} is no range of 1 to {_MOST}")
        return low, high

    def _shown(self) -> str:
        return "the end" if self.next is None else repr(self.next[0].strip())


def _spreads(part: Part) -> bool:
    """Tell whether a part ends in branches that nothing joins yet."""
    while isinstance(part, Chain) and part.parts:
        part = part.parts[-1]
    return isinstance(part, Fan)


def _may_be_empty(part: Part) -> bool:
    match part:
        case Chain():
            return all(map(_may_be_empty, part.parts))
        case Repeat():
            return part.low == 0 or _may_be_empty(part.part)
    return False


def _compile(part: Part, made: list[Instruction], text: str) -> None:
    """Append the instructions of a part; parts lie in each other no deeper than parentheses may."""
    if len(made) > 100 * _MOST:
        _refuse(text, "its repetitions are too many")
    match part:
        case Node():
            made.append(Take(part.test))
        case Chain():
            for each in part.parts:
                _compile(each, made, text)
        case Fan():
            made.append(Fork())
            for place, branch in enumerate(part.branches):
                if place:
                    made.append(Branch())
                _compile(branch, made, text)
            made.append(Join())
        case Repeat():
            _repeat(part, made, text)


def _repeat(repeat: Repeat, made: list[Instruction], text: str) -> None:
    for _ in range(repeat.low):
        _compile(repeat.part, made, text)
    if repeat.high is None:
        loop = len(made)
        made.append(Fork())  # in the place of the choice whose end is not known yet
        _compile(repeat.part, made, text)
        made.append(Either(loop, loop))
        made[loop] = Either(loop + 1, len(made))
    for _ in range((repeat.high or repeat.low) - repeat.low):
        choice = len(made)
        made.append(Fork())
        _compile(repeat.part, made, text)
        made[choice] = Either(choice + 1, len(made))


def _refuse(text: str, why: str) -> NoReturn:
    raise InputError(f"cannot read {text!r} as a pattern: {why}")
