"""A rule: a promise in plain words, how it is tried, and how a collector would be broken that does not keep it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from conformance.trial import Trial

Break = Callable[[Trial], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`broken` makes a collector that does not keep the rule, so that the line is seen to be able to fail."""

    tried: Callable[[Trial], None]
    broken: Break

    @property
    def name(self) -> str:
        return self.tried.__name__

    @property
    def promise(self) -> str:
        return self.name.replace("_", " ")


def by(target: str, replacement: Any) -> Break:
    """A collector in which TARGET ("module.name") is REPLACEMENT instead."""
    return lambda trial: patch(target, replacement)


def told(**settings: str) -> Break:
    """A collector whose [collect] says otherwise."""
    return lambda trial: patch.dict(trial.settings, settings)
