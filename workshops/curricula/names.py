"""How ids, languages and versions are written, wherever they stand: patterns without their ends."""

NAME = "[a-z0-9][a-z0-9-]{0,59}"
LANGUAGE = "[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"
VERSION = r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}"
