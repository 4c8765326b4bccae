from app.clustering.partition import Edge, attach, average_link


def test_one_strong_link_does_not_chain_two_clusters() -> None:
    edges = [Edge(0, 1, 0.9), Edge(2, 3, 0.9), Edge(1, 2, 0.8)]
    assert average_link(4, edges, threshold=0.5) == [0, 0, 2, 2]


def test_clusters_join_where_most_pairs_are_alike() -> None:
    edges = [Edge(0, 1, 0.9), Edge(2, 3, 0.9), Edge(1, 2, 0.8), Edge(0, 2, 0.8), Edge(0, 3, 0.7)]
    assert average_link(4, edges, threshold=0.5) == [0, 0, 0, 0]


def test_items_without_a_link_stand_alone() -> None:
    assert average_link(3, [], threshold=0.5) == [0, 1, 2]


def test_a_large_component_of_equal_links_is_one_cluster() -> None:
    size = 60
    edges = [Edge(one, other, 0.9) for one in range(size) for other in range(one + 1, size)]
    assert set(average_link(size, edges, threshold=0.5)) == {0}


def test_a_cut_joins_the_only_cluster_that_it_fits() -> None:
    assert attach([0, 0, 2], [9, 9, 3], [Edge(2, 0, 0.9), Edge(2, 1, 0.8)]) == [0, 0, 0]


def test_a_cut_that_fits_two_clusters_joins_neither() -> None:
    assert attach([0, 1, 2], [9, 9, 3], [Edge(2, 0, 0.9), Edge(2, 1, 0.8)]) == [0, 1, 2]


def test_a_cut_that_fits_one_cluster_far_better_joins_it() -> None:
    assert attach([0, 1, 2], [9, 9, 3], [Edge(2, 0, 0.95), Edge(2, 1, 0.55)]) == [0, 1, 0]
