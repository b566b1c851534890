"""The product's own step."""

from workshops.database.migrations.m0003_forgetting import Migration

__all__ = ["Migration"]
