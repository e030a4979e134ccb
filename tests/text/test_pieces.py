"""What is asked for in writing without spaces."""

import pytest

from app.text.pieces import pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("営業資料の更新方法を教えてください", ["営業資料", "更新方法"]),
        ("プライバシーポリシーのPDF版", ["プライバシーポリシ", "PDF", "版"]),
        ("どこにありますか", ["どこにありますか"]),
        ("引き継ぎのやりかた", ["引", "継"]),
        ("三ヶ月の契約", ["三ヶ月", "契約"]),
        ("人々の意見をまとめる", ["人々", "意見"]),
        ("如何更新营销资料", ["如何", "何更", "更新", "新营", "营销", "销资", "资料"]),
        ("프로그램을", ["프로그램을"]),
    ],
)
def test_a_long_run_is_cut_where_the_script_changes_and_loses_its_grammar(text, expected):
    assert pieces(text) == expected


@pytest.mark.parametrize("text", ["使い方", "お客様", "すし", "売り上げ", "契約"])
def test_up_to_four_characters_are_one_word(text):
    assert pieces(text) == [text]


def test_a_particle_at_the_end_is_no_part_of_a_word():
    assert pieces("契約書の") == ["契約書"]


def test_half_and_full_widths_are_equal():
    assert pieces("ﾌﾟﾗｲﾊﾞｼｰの設定") == pieces("プライバシーの設定") == ["プライバシ", "設定"]
    assert pieces("ＰＤＦの更新手順") == ["PDF", "更新手順"]


def test_the_last_long_sound_of_a_katakana_word_may_be_missing():
    assert pieces("サーバーを止める") == pieces("サーバを止める") == ["サーバ"]
    assert pieces("コピーを取る手順") == ["コピー", "手順"]


def test_what_has_no_asian_run_is_left_as_it_is():
    assert pieces("Ｆｏｌｌｏｗ-up") == ["Ｆｏｌｌｏｗ-up"]
