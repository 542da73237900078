"""Draw models in several processes at once; results come in the order of the models."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from cutaway.cli.drawing import Order, Outcome, carry_out


def outcomes(orders: Sequence[Order], jobs: int) -> Iterator[Outcome]:
    """Yield the outcome of each order. A process that dies takes nothing with it but the model it was drawing."""
    with _pool(jobs) as pool:
        futures = [pool.submit(carry_out, order) for order in orders]
        try:
            for order, future in zip(orders, futures, strict=True):
                yield _outcome(future) or _alone(order)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _outcome(future: "Future[Outcome]") -> Outcome | None:
    """Return the outcome; None where a process died, be it this model's fault or another's."""
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _alone(order: Order) -> Outcome:
    """Draw one model in a process of its own."""
    with _pool(1) as pool:
        outcome = _outcome(pool.submit(carry_out, order))
    return outcome or Outcome(error="the process that drew it died; is the memory large enough?")


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A fresh process each, on every system: forking one that has threads is not safe.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_die_quietly)


def _die_quietly() -> None:
    """Let an interrupt, which a terminal sends to all processes, end this one without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
