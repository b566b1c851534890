"""The product's own step."""

from workshops.database.migrations.m0004_cost import Migration

__all__ = ["Migration"]
