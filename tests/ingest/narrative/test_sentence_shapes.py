import pytest
from shapes import SHAPES, bound_share, read_shapes

pytestmark = pytest.mark.skipif(not SHAPES.exists(), reason="the vocabulary of published sentences is not beside the repository")


def test_nearly_every_figure_of_published_sentence_shapes_has_a_role():
    """Weighted by the number of documents that print the shape; what is left out are counts of meetings and activities."""
    found = total = 0
    for shape, documents in read_shapes():
        bound, figures, _ = bound_share(shape)
        found, total = found + bound * documents, total + figures * documents
    print(f"{found / total:.4f} of {total} figures have a role")
    assert total > 5000
    assert found / total >= 0.98
