"""The product's own step."""

from workshops.database.migrations.m0009_readers import Migration

__all__ = ["Migration"]
