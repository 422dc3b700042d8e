import numpy as np

from eval.communities import communities


def unit(*degrees: float) -> np.ndarray:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_rows_that_are_alike_come_together_with_the_central_one_first() -> None:
    # 25 degrees is cosine .91: 20 is near to 0 and 40, which are not near to each other.
    found = communities(unit(0, 90, 20, 40, 95, 180), 0.905)
    assert [sorted(c) for c in found] == [[0, 2, 3], [1, 4], [5]]
    assert found[0][0] == 2


def test_nothing_and_one_need_no_comparing() -> None:
    assert communities(np.empty((0, 2), np.float32), 0.9) == []
    assert communities(unit(10), 0.9) == [[0]]
