"""How alike two partitions of the same things are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb, log


def adjusted_rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Agreement on which pairs belong together, corrected for chance: 1 equal, 0 as by chance.

    Args:
        one, other: the group of each thing, in the same order.

    Notes:
        ARI = (sum C(n_ij, 2) - E) / (mean of the two sums - E), E their product over C(n, 2).

    References:
        Hubert and Arabie (1985), "Comparing partitions", Journal of Classification 2.

    >>> adjusted_rand([0, 0, 1, 1], [1, 1, 0, 0])
    1.0
    """
    together = sum(comb(count, 2) for count in Counter(zip(one, other, strict=True)).values())
    first = sum(comb(count, 2) for count in Counter(one).values())
    second = sum(comb(count, 2) for count in Counter(other).values())
    pairs = comb(len(one), 2)
    expected = first * second / pairs if pairs else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def normalised_mutual_information(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """Information that the partitions share, over the mean of what each holds: 0 to 1.

    Notes:
        NMI = 2 I(X; Y) / (H(X) + H(Y)); 1 where neither divides anything.

    References:
        Danon, Díaz-Guilera, Duch, Arenas (2005), "Comparing community structure identification",
        J. Stat. Mech. P09008.

    >>> normalised_mutual_information("aabb", "ccdd")
    1.0
    >>> normalised_mutual_information("aabb", "abab")
    0.0
    """
    n = len(one)
    first, second = Counter(one), Counter(other)
    entropy = _entropy(first, n) + _entropy(second, n)
    if not entropy:
        return 1.0
    joint = Counter(zip(one, other, strict=True))
    shared = sum(count / n * log(count * n / (first[a] * second[b])) for (a, b), count in joint.items())
    return max(0.0, min(1.0, 2 * shared / entropy))


def _entropy(sizes: Counter[Hashable], n: int) -> float:
    return -sum(count / n * log(count / n) for count in sizes.values())
