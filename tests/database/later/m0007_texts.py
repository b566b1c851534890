"""The product's own step."""

from workshops.database.migrations.m0007_texts import Migration

__all__ = ["Migration"]
