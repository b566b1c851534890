"""The product's own first step."""

from workshops.database.migrations.m0001_first import Migration

__all__ = ["Migration"]
