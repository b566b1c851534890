"""The product's own step."""

from workshops.database.migrations.m0002_slips import Migration

__all__ = ["Migration"]
