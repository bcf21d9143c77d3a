//! The places of `<+…>` in scripts, as data.

use pipewright_model::ScriptLanguage::{self, PowerShell, Python, Shell};
use pipewright_syntax::parse_template;

use super::Quoting::{self, Bare, Comment, Double, HereDocument, QuotedHereDocument, Single};
use super::Script;

fn read(language: ScriptLanguage, text: &str) -> Script {
    let template = parse_template(text);
    let ranges: Vec<_> = template.roots().map(|(_, range)| range).collect();
    let script = Script::read(text, language, &ranges);
    assert_eq!(script.places.len(), ranges.len(), "{text}");
    script
}

#[test]
fn quotes_around_expressions() {
    let cases: &[(ScriptLanguage, &str, &[Quoting])] = &[
        (
            Shell,
            "echo <+a> '<+a>' \"<+a>\" # <+a>",
            &[Bare, Single, Double, Comment],
        ),
        (Shell, "echo a#<+a> \\# <+a>", &[Bare, Bare]),
        (Shell, "echo \"$(cat '<+a>') <+a>\"", &[Single, Double]),
        (Shell, "echo \"\\\"<+a>\" `cat <+a>`", &[Double, Bare]),
        (
            Shell,
            "cat <<EOF\n<+a>\nEOF\necho <+a>",
            &[HereDocument, Bare],
        ),
        (Shell, "cat <<'EOF' > f\n<+a>\nEOF", &[QuotedHereDocument]),
        (
            Shell,
            "cat <<-A <<\\B\n<+a>\n\tA\n<+a>\nB\n'<+a>'",
            &[HereDocument, QuotedHereDocument, Single],
        ),
        (Shell, "cat <<< <+a>\n(echo <+a>", &[Bare, Bare]),
        (Shell, ") } <+a> ' <+a>", &[Bare, Single]),
        (
            PowerShell,
            "Write-Host <+a> '<+a>' \"`\"<+a>\" # <+a>\n<# <+a>\n#> <+a>",
            &[Bare, Single, Double, Comment, Comment, Bare],
        ),
        (
            PowerShell,
            "$a = @'\n<+a>'\n'@\n$b = @\"\n<+a>\n\"@",
            &[QuotedHereDocument, HereDocument],
        ),
        (
            Python,
            "a = '<+a>' # <+a>\nb = \"\"\"\"<+a>\n\"\"\"\nc = <+a>",
            &[Double, Comment, Double, Bare],
        ),
    ];
    for (language, text, expected) in cases {
        let script = read(*language, text);
        let found: Vec<Quoting> = script.places.iter().map(|place| place.quoting).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn commands_and_where_their_output_goes() {
    let cases: &[(ScriptLanguage, &str, &str, bool)] = &[
        (Shell, "echo <+a>", "echo", false),
        (Shell, "if true; then echo <+a>; fi", "echo", false),
        (Shell, "A=1 B=2 echo <+a>", "echo", false),
        (Shell, "echo <+a> 2> /dev/null", "echo", false),
        (Shell, "echo <+a> >&2", "echo", false),
        (Shell, "echo <+a> || true", "echo", false),
        (Shell, "echo <+a> > file", "echo", true),
        (Shell, "echo <+a> | cat", "echo", true),
        (Shell, "x=$(echo <+a>)", "echo", true),
        (Shell, "(echo <+a>) | cat", "echo", true),
        (Shell, "a && printf <+a>", "printf", false),
        (Shell, "cat > f <<EOF\n<+a>\nEOF", "cat", true),
        (PowerShell, "Write-Host \"<+a>\"", "Write-Host", false),
        (PowerShell, "echo <+a> | Out-Null", "echo", true),
        (Python, "print(<+a>)", "print", false),
        (Python, "x = 1; print('<+a>')", "print", false),
    ];
    for (language, text, word, is_redirected) in cases {
        let script = read(*language, text);
        let command = &script.commands[script.places[0].command.unwrap()];
        assert_eq!(
            (&*command.word, command.is_redirected),
            (*word, *is_redirected),
            "{text}"
        );
    }
}

#[test]
fn deep_and_broken_scripts_end() {
    for piece in ["$(", "(", "\"$(", "`", "<<A\n", "'", "\""] {
        let text = format!("{}<+a>", piece.repeat(20_000));
        read(Shell, &text);
        read(PowerShell, &text);
        read(Python, &text);
    }
}
