"""What every table of ours is made from."""

from typing import Any

from tortoise.models import Model, ModelMeta


class _TableMeta(ModelMeta):
    """Tortoise would read each model's source for column comments, which takes long at every start; ours have none."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        return super().__new__(cls, name, bases, {**attrs, "_no_comments": True})


class Table(Model, metaclass=_TableMeta):
    """A model whose rows are kept; all of ours extend it."""

    class Meta:
        abstract = True
