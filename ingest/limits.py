"""How much of a file is read before the reader refuses. The nouns are the model's, so that who sets limits need not load the reader."""

from model.limits import MEGABYTE, Limits

__all__ = ["MEGABYTE", "Limits"]
