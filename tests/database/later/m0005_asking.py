"""The product's own step."""

from workshops.database.migrations.m0005_asking import Migration

__all__ = ["Migration"]
