//! The parsers that pest makes from the files in `grammar/`. Only this crate sees them.

pub(crate) mod expression {
    //! Expressions, scripts and, with masked islands, predicates.

    use pest_derive::Parser;

    /// The parser of `grammar/expression.pest` and `grammar/predicate.pest`.
    #[derive(Parser)]
    #[grammar = "grammar/expression.pest"]
    #[grammar = "grammar/predicate.pest"]
    #[derive(Debug)]
    pub(crate) struct ExpressionParser;
}

pub(crate) mod template {
    //! Texts with islands.

    use pest_derive::Parser;

    /// The parser of `grammar/template.pest`.
    #[derive(Parser)]
    #[grammar = "grammar/template.pest"]
    #[derive(Debug)]
    pub(crate) struct TemplateParser;
}

pub(crate) mod cel {
    //! CEL, with masked islands.

    use pest_derive::Parser;

    /// The parser of `grammar/cel.pest` and `grammar/predicate.pest`.
    #[derive(Parser)]
    #[grammar = "grammar/cel.pest"]
    #[grammar = "grammar/predicate.pest"]
    #[derive(Debug)]
    pub(crate) struct CelParser;
}
