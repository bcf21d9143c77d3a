    Functor {
        root: "shell",
        name: "comment",
        parameters: &[text("text")],
        result: "String",
        doc: "The text behind a `#` and a space.",
        call: |_, arguments| Ok(format!("# {}", one_text(arguments)?.to_str()).into()),
    },
