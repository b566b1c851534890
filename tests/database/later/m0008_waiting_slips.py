"""The product's own step."""

from workshops.database.migrations.m0008_waiting_slips import Migration

__all__ = ["Migration"]
