"""Style sheets and scripts: built from a lock without addresses, once, and without the brand of GOV.UK."""

import json
import shutil
import subprocess

import pytest

import hatch_build
from tests.factories.council import ROOT

ASSETS, STATIC = ROOT / "webapp" / "assets", ROOT / "webapp" / "static"


@pytest.fixture
def sources(tmp_path):
    """A checkout with the sources alone."""
    shutil.copytree(ASSETS, tmp_path / "webapp" / "assets", ignore=shutil.ignore_patterns("node_modules"))
    return tmp_path


@pytest.fixture
def ran(monkeypatch):
    """What was run instead of npm and node, by its last word but options."""
    commands = []

    def run(command, cwd, **_options):
        commands.append([word.rpartition("/")[2] for word in command[1:]])
        (cwd.parent / "static").mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(hatch_build, "_words", lambda command: ["node", *command])
    monkeypatch.setattr(hatch_build.subprocess, "run", run)
    return commands


def test_the_lock_names_no_download_address():
    lock = json.loads((ASSETS / "package-lock.json").read_text())
    assert len(lock["packages"]) > 5
    assert not [name for name, facts in lock["packages"].items() if "resolved" in facts]
    assert all("integrity" in facts for name, facts in lock["packages"].items() if name)


def test_what_is_built_carries_no_brand_of_others():
    style = (STATIC / "casefile.css").read_text()
    assert "arial" in style.lower()
    assert not [word for word in ("GDS Transport", "crest", "crown", "@font-face", "url(") if word in style]


def test_the_licences_of_what_is_built_go_with_it():
    texts = (STATIC / "THIRD-PARTY-LICENSES.txt").read_text()
    assert "govuk-frontend 6.3.0 (MIT)" in texts
    assert "@ministryofjustice/frontend 11.1.0 (MIT)" in texts
    assert texts.count("Permission is hereby granted, free of charge") >= 15


def test_the_viewer_brings_its_licence_and_takes_nothing_from_elsewhere():
    texts = " ".join((STATIC / "THIRD-PARTY-LICENSES.txt").read_text().split())
    assert "bpmn-js 18.31.1" in texts
    assert "must stay fully visible and not visually overlapped by other elements" in texts
    assert "url(" not in (STATIC / "viewer.css").read_text()
    assert "viewer__canvas" not in (STATIC / "casefile.js").read_text()


def test_unchanged_sources_are_built_once(sources, ran):
    assert hatch_build.build(sources, for_tests=False) is True
    assert [command[:2] for command in ran] == [["npm", "ci"], ["node", "build.mjs"]]
    assert hatch_build.build(sources, for_tests=False) is False
    (sources / "webapp" / "assets" / "js" / "casefile.js").write_text("// changed")
    assert hatch_build.build(sources, for_tests=False) is True


def test_only_an_editable_install_brings_what_tests_use(sources, ran):
    hatch_build.build(sources, for_tests=False)
    hatch_build.build(sources, for_tests=True)
    assert ["--omit=dev" in command for command in ran if command[0] == "npm"] == [True, False]


def test_installed_packages_are_no_sources(sources):
    before = hatch_build.digest_of(sources / "webapp" / "assets")
    (sources / "webapp" / "assets" / "node_modules" / "sass").mkdir(parents=True)
    (sources / "webapp" / "assets" / "node_modules" / "sass" / "index.js").write_text("anything")
    assert hatch_build.digest_of(sources / "webapp" / "assets") == before


def test_packages_that_do_not_come_are_told_in_a_sentence(sources, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "", "npm error network")
    monkeypatch.setattr(hatch_build, "_words", lambda command: command)
    monkeypatch.setattr(hatch_build.subprocess, "run", lambda *_args, **_options: failed)
    with pytest.raises(SystemExit, match="npm did not get its packages"):
        hatch_build.build(sources, for_tests=False)
