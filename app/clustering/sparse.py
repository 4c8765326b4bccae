"""SciPy's sparse arrays, loaded when the first one is made: that takes longer than a page, and no page needs any."""

from typing import Any

Sparse = Any  # a scipy.sparse.csr_array; SciPy has no types


def csr_array(*given: Any, **named: Any) -> Sparse:
    """As `scipy.sparse.csr_array`."""
    import scipy.sparse

    return scipy.sparse.csr_array(*given, **named)


def identity(size: int, *given: Any) -> Sparse:
    """Ones on the diagonal, as `scipy.sparse.identity`."""
    import scipy.sparse

    return csr_array(scipy.sparse.identity(size, *given, format="csr"))
