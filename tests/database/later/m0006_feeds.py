"""The product's own step."""

from workshops.database.migrations.m0006_feeds import Migration

__all__ = ["Migration"]
