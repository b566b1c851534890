"""HTML to PDF. Imports WeasyPrint, so nothing but the worker may import this module."""

from typing import Any, NoReturn

from weasyprint import HTML  # type: ignore[import-untyped]  # WeasyPrint has no types
from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]  # the same


class Nothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches nothing from anywhere: fonts come from the system, prints hold no pictures."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)

    def fetch(self, url: str, headers: Any = None) -> NoReturn:  # noqa: ARG002 (the library's signature)
        """Refuse; WeasyPrint then leaves the thing out.

        Raises:
            ValueError: always. A FatalURLFetchingError would be a BaseException.
        """
        raise ValueError("prints fetch nothing")


def pdf(html: str, *, most_pages: int) -> bytes:
    """Lay out and paint a print that carries its own style sheet.

    Raises:
        ValueError: it is longer than `most_pages`.
    """
    document = HTML(string=html, url_fetcher=Nothing()).render()
    if len(document.pages) > most_pages:
        message = f"the print is longer than {most_pages} pages"
        raise ValueError(message)
    painted: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return painted
