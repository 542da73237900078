"""Make files in several processes at once; results come in the order of the models."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context

from cutaway.cli.orders import Order, Outcome, carry_out

Make = Callable[[Order], None]


def outcomes(orders: Sequence[Order], make: Make, jobs: int) -> Iterator[Outcome]:
    """Yield the outcome of each order. A process that dies takes nothing with it but the model it was drawing."""
    with _pool(jobs) as pool:
        futures = _submitted(pool, orders, make)
        try:
            for order, future in zip(orders, futures, strict=True):
                yield _outcome(future) or _alone(order, make)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for process in active_children():
                process.terminate()
            raise


def _submitted(pool: ProcessPoolExecutor, orders: Sequence[Order], make: Make) -> "list[Future[Outcome]]":
    """Hand the orders to the pool, whose processes then start.

    They are deaf to interrupts, as this one is for a moment, until they are ready to end quietly on one.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return [pool.submit(carry_out, order, make) for order in orders]
    finally:
        signal.signal(signal.SIGINT, before)


def _outcome(future: "Future[Outcome]") -> Outcome | None:
    """Return the outcome; None where a process died, be it this model's fault or another's."""
    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _alone(order: Order, make: Make) -> Outcome:
    """Make one file in a process of its own."""
    with _pool(1) as pool:
        outcome = _outcome(_submitted(pool, [order], make)[0])
    return outcome or Outcome(error="the process that worked on it died; is the memory large enough?")


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A fresh process each, on every system: forking one that has threads is not safe.
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_die_quietly)


def _die_quietly() -> None:
    """Let an interrupt, which a terminal sends to all processes, end this one without a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
