"""What the rules find, in texts and in files."""

import pipewright as pw
import pytest

MISSPELT = "# \N{PARTY POPPER}\npipeline:\n  identifier: p\n  name: <+pipeline.identifer>\n"


def applied(text, fix):
    for edit in sorted(fix.edits, key=lambda edit: -edit.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def test_check():
    [found] = pw.check(MISSPELT)
    assert (found.rule, found.severity, found.file) == ("unknown-member", "warning", "pipeline.yaml")
    assert (found.line, found.column, found.end_line, found.end_column) == (4, 20, 4, 29)
    assert MISSPELT[found.start : found.end] == "identifer"
    assert str(found).startswith("pipeline.yaml:4:20: warning[unknown-member] ")
    assert pw.check(MISSPELT, name="ci/other.yaml")[0].file == "ci/other.yaml"


def test_a_fix_mends():
    [found] = pw.check(MISSPELT)
    assert found.fixes[0].applicability in ("safe", "unsafe")
    mended = applied(MISSPELT, found.fixes[0])
    assert mended == MISSPELT.replace("identifer", "identifier") and pw.check(mended) == []


def test_check_of_a_project():
    project = pw.Project()
    project.set_text("p.yaml", MISSPELT)
    assert [str(found) for found in project.check()] == [str(found) for found in pw.check(MISSPELT, "p.yaml")]


def test_check_paths(tmp_path):
    (tmp_path / "p.yaml").write_text(MISSPELT, encoding="utf-8")
    (tmp_path / "values.yaml").write_text("a: 1\n", encoding="utf-8")
    [found] = pw.check_paths([tmp_path])
    assert found.file.endswith("p.yaml") and MISSPELT[found.start : found.end] == "identifer"
    assert applied(MISSPELT, found.fixes[0]) == MISSPELT.replace("identifer", "identifier")
    (tmp_path / "pipewright.toml").write_text('[rules]\nunknown-member = "off"\n', encoding="utf-8")
    assert pw.check_paths([str(tmp_path)]) == []


def test_check_paths_that_cannot_be_read(tmp_path):
    with pytest.raises(pw.Error) as caught:
        pw.check_paths([tmp_path / "nowhere"])
    assert caught.value.kind == "not-found" and "nowhere" in str(caught.value)
    (tmp_path / "pipewright.toml").write_text("[ruels]\n", encoding="utf-8")
    (tmp_path / "p.yaml").write_text(MISSPELT, encoding="utf-8")
    with pytest.raises(pw.Error) as caught:
        pw.check_paths([tmp_path])
    assert caught.value.kind == "input" and "ruels" in str(caught.value)


@pytest.mark.parametrize("text", ["", "\0", "a: [", "\ufeff", "pipeline: *x", "x" * 1_000_000])
def test_anything_can_be_checked(text):
    for found in pw.check(text):
        assert found.message and 0 <= found.start <= found.end <= len(text)
