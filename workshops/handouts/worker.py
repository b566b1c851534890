"""What runs in the worker process: the only door to WeasyPrint, with limits set before it opens."""

import resource
import signal

MEMORY = 1 << 30  # bytes of address space; our longest guide takes a third
CPU_SECONDS = 90
IDLE_SECONDS = 60  # an idle worker holds some 100 MB, so it goes home
MOST_PAGES = 120


class NotRendered(Exception):  # noqa: N818 (reads as the sentence it logs)
    """Rendering failed; only the kind of failure leaves the worker, never a text."""


def render(html: str) -> bytes:
    """Render one print as PDF/UA.

    Raises:
        NotRendered: whatever went wrong, by its kind.
    """
    signal.alarm(0)
    _limit()
    try:
        from workshops.handouts.rendering import pdf  # noqa: PLC0415 (WeasyPrint is imported only in the worker)

        return pdf(html, most_pages=MOST_PAGES)
    except BaseException as error:  # noqa: BLE001 (FatalURLFetchingError is a BaseException)
        raise NotRendered(type(error).__name__) from None
    finally:
        signal.alarm(IDLE_SECONDS)


def _limit() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _set_limit(resource.RLIMIT_CPU, spent + CPU_SECONDS)
    _set_limit(resource.RLIMIT_AS, MEMORY)


def _set_limit(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
