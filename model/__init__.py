"""The nouns of Gouji: amounts, geometry, documents, facts and findings.

Frozen values without I/O. Every other package speaks in these terms; none of them is imported here.
"""
