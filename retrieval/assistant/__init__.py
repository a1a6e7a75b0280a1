"""Answers and drafts by a language model, where one is configured: it plans and words; every figure is looked up or computed by code."""
