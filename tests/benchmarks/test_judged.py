"""The measures of a ranking, against examples reckoned by hand, and the form of a collection."""

import pytest

from benchmarks.judged import ndcg, read, recall


def test_a_ranking_in_the_order_of_the_grades_is_worth_one():
    assert ndcg(["a", "b", "c"], {"a": 3, "b": 2, "c": 1}) == 1


def test_the_gain_is_the_grade_and_the_discount_the_logarithm_of_the_rank():
    # (0 / log2 2 + 3 / log2 3 + 1 / log2 4) / (3 / log2 2 + 1 / log2 3)
    assert ndcg(["x", "a", "b"], {"a": 3, "b": 1}) == pytest.approx(2.39279 / 3.63093, abs=1e-5)


def test_only_the_first_ten_count():
    others = [f"x{n}" for n in range(10)]
    assert ndcg([*others, "a"], {"a": 1}) == 0
    assert ndcg([*others[:9], "a"], {"a": 1}) == pytest.approx(0.28906, abs=1e-5)


def test_the_ideal_ranking_has_what_was_not_found_too():
    assert ndcg(["a"], {"a": 1, "b": 1}) == pytest.approx(1 / 1.63093, abs=1e-5)
    assert ndcg([], {"a": 1}) == ndcg(["a"], {}) == 0


def test_recall_is_the_part_of_the_relevant_ones_that_was_found():
    assert recall(["x", "a"], {"a": 2, "b": 1, "c": 0}) == 0.5
    assert recall(["x", "a"], {"a": 1}, depth=1) == 0


@pytest.mark.parametrize("heading", ["query-id\tcorpus-id\tscore\n", ""])
def test_a_collection_is_read_with_and_without_names_of_columns(heading, tmp_path):
    (tmp_path / "corpus.jsonl").write_text('{"_id": "a", "title": "T", "text": "x"}\n')
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "q", "text": "x?"}\n{"_id": "r", "text": "y"}\n'
    )
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels" / "test.tsv").write_text(f"{heading}q\ta\t2\nq\tb\t0\n")
    (tmp_path / "exclude.tsv").write_text("q\tc\n")
    found = read(tmp_path)
    assert (dict(found.questions), found.grades) == ({"q": "x?"}, {"q": {"a": 2}})
    assert found.excluded == {("q", "c")}
