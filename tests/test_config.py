"""Settings: read once, refused with a sentence."""

import os

import pytest

from app.config import BadSettings, Settings

SECRET = "s" * 40


def read(tmp_path, file: str = "", **environ: str) -> Settings:
    """The settings of a machine with this file and this environment."""
    folder = tmp_path / "instance"
    folder.mkdir(exist_ok=True)
    (folder / "settings.env").write_text(file)
    return Settings.from_env(environ, tmp_path)


def test_a_machine_without_settings_starts(tmp_path):
    assert read(tmp_path).port == 8000


def test_the_environment_goes_before_the_file(tmp_path):
    assert read(tmp_path, "PORT=9000", PORT="9001").port == 9001


def test_the_secret_is_made_once_and_kept(tmp_path):
    assert read(tmp_path).secret_key == read(tmp_path).secret_key


def test_the_secret_is_readable_by_its_owner_alone(tmp_path):
    read(tmp_path)
    assert (tmp_path / "instance" / "secret_key").stat().st_mode & 0o077 == 0


def test_a_shared_database_needs_a_shared_secret(tmp_path):
    with pytest.raises(BadSettings, match="SECRET_KEY is missing"):
        read(tmp_path, DATABASE_URL="postgresql+psycopg://x")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("PROT=9000", "no setting called 'PROT'"),
        ("PORT=abc", "whole number"),
        ("PORT=99999", "from 1 to 65535"),
        ("EXAMPLE=maybe", "yes or no"),
        ("TIME_ZONE=Mars/Base", "Europe/Berlin"),
        ("STORAGE_URL=ftp://x", "must begin with"),
        ("QUEUE_URL=redis://x", "Redis is not supported"),
        ("QUEUE_URL=postgresql://x", "must begin with"),
        ("MAIL_URL=sendmail:", "give log:, smtp://"),
        ("MAIL_URL=smtp://", "give log:, smtp://"),
        ("MAIL_FROM=Quarterdeck", "give an address"),
        ("MAIL_FROM=a@b.example, c@d.example", "give an address"),
        ("MAIL_FROM=hub@grüße.example", "give an address"),
        ("SECRET_KEY=short", "32 characters"),
        ("just words", "no setting called"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(tmp_path, file, sentence):
    with pytest.raises(BadSettings, match=sentence):
        read(tmp_path, file)


def test_a_password_is_not_repeated_where_it_is_refused(tmp_path):
    with pytest.raises(BadSettings, match="MAIL_URL cannot be used") as refusal:
        read(tmp_path, MAIL_URL="mail://hub:s3cret@host")
    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize("sender", ["hub@example.com", "The hüb, ours <hub@example.com>"])
def test_mail_may_come_from_an_address_with_or_without_a_name(tmp_path, sender):
    assert read(tmp_path, MAIL_FROM=sender).mail_from == sender


def test_the_keys_of_s3_in_the_file_reach_the_environment(tmp_path, monkeypatch):
    monkeypatch.setattr("os.environ", {"AWS_REGION": "ours"})
    (tmp_path / "instance").mkdir()
    file = "STORAGE_URL=s3://bucket/hub\nAWS_REGION=theirs\nAWS_ACCESS_KEY_ID='key'\n"
    (tmp_path / "instance" / "settings.env").write_text(file)
    assert Settings.from_env(root=tmp_path).storage_url == "s3://bucket/hub"
    assert os.environ == {"AWS_REGION": "ours", "AWS_ACCESS_KEY_ID": "key"}


def test_comments_and_quotes_are_understood(tmp_path):
    settings = read(tmp_path, f'# ours\n\nSECRET_KEY="{SECRET}"\n')
    assert settings.secret_key == SECRET
