//! Character properties `\p{…}`: Java's names in the names of the `regex` crates.

/// The inside of a bracketed class for a Java property name, without the brackets; `None` for an unknown name.
///
/// `any_case` is set in case-insensitive patterns, where the classes of letter case match every cased letter.
pub(super) fn property(name: &str, unicode: bool, any_case: bool) -> Option<String> {
    if let Some((key, value)) = name.split_once('=') {
        return match key.to_ascii_lowercase().as_str() {
            "script" | "sc" => script(value),
            "block" | "blk" => block(value),
            "general_category" | "gc" => category(value),
            _ => None,
        };
    }
    if let Some(rest) = name.strip_prefix("In") {
        return block(rest);
    }
    if let Some(rest) = name.strip_prefix("Is") {
        return binary(rest)
            .or_else(|| category(rest))
            .or_else(|| script(rest));
    }
    if let Some(rest) = name.strip_prefix("java") {
        return java(rest);
    }
    posix(name, unicode, any_case).or_else(|| category(name))
}

/// POSIX classes: ASCII only, unless the pattern asks for Unicode.
fn posix(name: &str, unicode: bool, any_case: bool) -> Option<String> {
    if unicode && let Some(class) = binary(name) {
        return Some(class);
    }
    Some(
        match name {
            "Lower" | "Upper" if any_case => "a-zA-Z",
            "Lower" => "a-z",
            "Upper" => "A-Z",
            "ASCII" => r"\x00-\x7F",
            "Alpha" => "a-zA-Z",
            "Digit" => "0-9",
            "Alnum" => "a-zA-Z0-9",
            "Punct" => r"!-/:-@\[-`\{-~",
            "Graph" => "!-~",
            "Print" => r"\x20-~",
            "Blank" => r"\x20\t",
            "Cntrl" => r"\x00-\x1F\x7F",
            "XDigit" => "0-9a-fA-F",
            "Space" => r"\x20\t\n\x0B\x0C\r",
            _ => return None,
        }
        .to_owned(),
    )
}

/// Binary Unicode properties, in any letter case.
fn binary(name: &str) -> Option<String> {
    let class = match name.to_ascii_lowercase().as_str() {
        "alphabetic" | "alpha" => r"\p{Alphabetic}",
        "letter" => r"\p{L}",
        "lowercase" | "lower" => r"\p{Lowercase}",
        "uppercase" | "upper" => r"\p{Uppercase}",
        "titlecase" => r"\p{Lt}",
        "white_space" | "whitespace" | "space" => r"\p{White_Space}",
        "digit" => r"\p{Nd}",
        "alnum" => r"\p{Alphabetic}\p{Nd}",
        "punctuation" | "punct" => r"\p{P}",
        "control" | "cntrl" => r"\p{Cc}",
        "ideographic" => r"\p{Ideographic}",
        "hex_digit" | "hexdigit" | "xdigit" => r"\p{Nd}a-fA-F\x{FF21}-\x{FF26}\x{FF41}-\x{FF46}",
        "join_control" | "joincontrol" => r"\p{Join_Control}",
        "assigned" => r"\P{Cn}",
        "noncharacter_code_point" => r"\p{Noncharacter_Code_Point}",
        "emoji" => r"\p{Emoji}",
        _ => return None,
    };
    Some(class.to_owned())
}

/// The predicates of `java.lang.Character`.
fn java(name: &str) -> Option<String> {
    let class = match name {
        "LowerCase" => r"\p{Lowercase}",
        "UpperCase" => r"\p{Uppercase}",
        "TitleCase" => r"\p{Lt}",
        "Alphabetic" => r"\p{Alphabetic}",
        "Letter" => r"\p{L}",
        "Digit" => r"\p{Nd}",
        "LetterOrDigit" => r"\p{L}\p{Nd}",
        "Ideographic" => r"\p{Ideographic}",
        "Defined" => r"\P{Cn}",
        "SpaceChar" => r"\p{Z}",
        "Whitespace" => {
            r"\t\n\x0B\x0C\r\x1C-\x1F\x20\x{1680}\x{2000}-\x{2006}\x{2008}-\x{200A}\x{2028}\x{2029}\x{205F}\x{3000}"
        }
        "ISOControl" => r"\x00-\x1F\x7F-\x{9F}",
        "JavaIdentifierStart" => r"\p{L}\p{Nl}\p{Sc}\p{Pc}",
        "JavaIdentifierPart" => {
            r"\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{Mc}\p{Mn}\x00-\x08\x0E-\x1B\x7F-\x{9F}\p{Cf}"
        }
        "UnicodeIdentifierStart" => r"\p{ID_Start}",
        "UnicodeIdentifierPart" => r"\p{ID_Continue}\x00-\x08\x0E-\x1B\x7F-\x{9F}\p{Cf}",
        "IdentifierIgnorable" => r"\x00-\x08\x0E-\x1B\x7F-\x{9F}\p{Cf}",
        _ => return None,
    };
    Some(class.to_owned())
}

/// General categories by their short names.
fn category(name: &str) -> Option<String> {
    const CATEGORIES: &[&str] = &[
        "C", "Cc", "Cf", "Cn", "Co", "L", "LC", "Ll", "Lm", "Lo", "Lt", "Lu", "M", "Mc", "Me",
        "Mn", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "S", "Sc",
        "Sk", "Sm", "So", "Z", "Zl", "Zp", "Zs",
    ];
    match name {
        "L1" => Some(r"\x00-\x{FF}".to_owned()),
        "LD" => Some(r"\p{L}\p{Nd}".to_owned()),
        "all" => Some(r"\x00-\x{10FFFF}".to_owned()),
        // Java knows surrogates as characters; no text here has any.
        "Cs" => Some(r"\x00&&\x01".to_owned()),
        "LC" => Some(r"\p{Lu}\p{Ll}\p{Lt}".to_owned()),
        _ if CATEGORIES.contains(&name) => Some(format!(r"\p{{{name}}}")),
        _ => None,
    }
}

/// Scripts by full or short name, in any letter case.
fn script(name: &str) -> Option<String> {
    let plain = name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_');
    let class = format!(r"\p{{Script={name}}}");
    (plain && !name.is_empty() && fancy_regex::Regex::new(&class).is_ok()).then_some(class)
}

/// The blocks people write; names without regard to case, blanks, `-` and `_`.
fn block(name: &str) -> Option<String> {
    const BLOCKS: &[(&str, &str)] = &[
        ("basiclatin", r"\x00-\x7F"),
        ("latin1supplement", r"\x{80}-\x{FF}"),
        ("latinextendeda", r"\x{100}-\x{17F}"),
        ("latinextendedb", r"\x{180}-\x{24F}"),
        ("ipaextensions", r"\x{250}-\x{2AF}"),
        ("combiningdiacriticalmarks", r"\x{300}-\x{36F}"),
        ("greek", r"\x{370}-\x{3FF}"),
        ("greekandcoptic", r"\x{370}-\x{3FF}"),
        ("cyrillic", r"\x{400}-\x{4FF}"),
        ("armenian", r"\x{530}-\x{58F}"),
        ("hebrew", r"\x{590}-\x{5FF}"),
        ("arabic", r"\x{600}-\x{6FF}"),
        ("devanagari", r"\x{900}-\x{97F}"),
        ("thai", r"\x{E00}-\x{E7F}"),
        ("generalpunctuation", r"\x{2000}-\x{206F}"),
        ("currencysymbols", r"\x{20A0}-\x{20CF}"),
        ("arrows", r"\x{2190}-\x{21FF}"),
        ("mathematicaloperators", r"\x{2200}-\x{22FF}"),
        ("boxdrawing", r"\x{2500}-\x{257F}"),
        ("hiragana", r"\x{3040}-\x{309F}"),
        ("katakana", r"\x{30A0}-\x{30FF}"),
        ("cjkunifiedideographs", r"\x{4E00}-\x{9FFF}"),
        ("hangulsyllables", r"\x{AC00}-\x{D7AF}"),
        ("emoticons", r"\x{1F600}-\x{1F64F}"),
    ];
    let wanted: String = name
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '_'))
        .collect::<String>()
        .to_ascii_lowercase();
    BLOCKS
        .iter()
        .find(|(known, _)| *known == wanted)
        .map(|(_, class)| (*class).to_owned())
}
