//! `--format sarif`: SARIF 2.1.0, which code scanning services read.

mod model;

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use pipewright_source::{Applicability, Diagnostic, Edit, FileId, Label, Severity, Span};

use super::fingerprint::fingerprints;
use super::run_report::Report;
use crate::printable::json_lines;
use model::{
    ArtifactChange, ArtifactLocation, Configuration, Content, Driver, Fingerprints, Fix, Help,
    Invocation, Location, Log, LogicalLocation, Notification, PhysicalLocation, Properties, Region,
    Replacement, Rule, Run, RunProperties, SarifResult, Text, Tool,
};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// What is escaped in the path of a URI.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Writes the document.
pub(super) fn write(report: &Report<'_>, output: &mut dyn Write) -> io::Result<()> {
    let mut rules: Vec<&'static str> = Vec::new();
    let results = report.diagnostics.iter().zip(fingerprints(report));
    let results = results.filter_map(|(found, fingerprint)| {
        let known = rules.iter().position(|rule| *rule == found.rule);
        let index = known.unwrap_or_else(|| {
            rules.push(found.rule);
            rules.len() - 1
        });
        result(report, found, index, fingerprint)
    });
    let results = results.collect();
    let version = env!("CARGO_PKG_VERSION");
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "Pipewright",
                    version,
                    semantic_version: version,
                    rules: rules.into_iter().filter_map(rule).collect(),
                },
            },
            invocations: [invocation(report)],
            column_kind: "unicodeCodePoints",
            results,
            properties: RunProperties {
                omitted: report.summary.left_out,
            },
        }],
    };
    writeln!(output, "{}", json_lines(&log)?)
}

fn rule(name: &'static str) -> Option<Rule> {
    let rule = pipewright_lint::rule(name)?;
    Some(Rule {
        id: rule.name,
        short_description: Text {
            text: rule.summary().to_owned(),
        },
        help: Help {
            text: rule.page,
            markdown: rule.page,
        },
        help_uri: rule.url,
        default_configuration: Configuration {
            level: level(rule.severity),
        },
        properties: Properties {
            tags: [rule.family.as_str()],
        },
    })
}

fn invocation(report: &Report<'_>) -> Invocation {
    let failures = report.failures.iter();
    let notifications = failures.map(|failure| Notification {
        level: "error",
        message: Text {
            text: failure.sentence(),
        },
    });
    Invocation {
        execution_successful: report.failures.is_empty(),
        tool_execution_notifications: notifications.collect(),
    }
}

fn result<'a>(
    report: &Report<'a>,
    found: &'a Diagnostic,
    rule_index: usize,
    fingerprint: String,
) -> Option<SarifResult<'a>> {
    let node = report.nodes.around(found.span).map(|node| LogicalLocation {
        fully_qualified_name: node.fqn(),
    });
    let text = match &found.help {
        Some(help) => format!("{}\n{help}", found.message),
        None => found.message.clone(),
    };
    let related = found.related.iter().enumerate();
    let fixes = found.fixes.iter();
    let fixes = fixes.filter(|fix| fix.applicability != Applicability::DisplayOnly);
    Some(SarifResult {
        rule_id: found.rule,
        rule_index,
        level: level(found.severity),
        message: Text { text },
        locations: vec![Location {
            id: None,
            physical: physical(report, found.span)?,
            logical: node.into_iter().collect(),
            message: found.label.clone().map(|text| Text { text }),
        }],
        related_locations: related
            .filter_map(|(at, label)| related_location(report, at, label))
            .collect(),
        partial_fingerprints: Fingerprints { own: fingerprint },
        fixes: fixes.map(|of| fix(report, of)).collect(),
    })
}

fn related_location<'a>(report: &Report<'a>, at: usize, label: &Label) -> Option<Location<'a>> {
    Some(Location {
        id: Some(at),
        physical: physical(report, label.span)?,
        logical: Vec::new(),
        message: Some(Text {
            text: label.message.clone(),
        }),
    })
}

fn fix<'a>(report: &Report<'a>, fix: &'a pipewright_source::Fix) -> Fix<'a> {
    let mut of_files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in &fix.edits {
        of_files.entry(edit.span.file).or_default().push(edit);
    }
    let changes = of_files.into_values().filter_map(|edits| {
        let first = edits.first()?.span;
        let replacements = edits.into_iter().filter_map(|edit| {
            Some(Replacement {
                deleted_region: region(report, edit.span, false)?,
                inserted_content: Content {
                    text: &edit.replacement,
                },
            })
        });
        Some(ArtifactChange {
            artifact_location: artifact(report, first),
            replacements: replacements.collect(),
        })
    });
    Fix {
        description: Text {
            text: fix.title.clone(),
        },
        artifact_changes: changes.collect(),
    }
}

fn physical<'a>(report: &Report<'a>, span: Span) -> Option<PhysicalLocation<'a>> {
    Some(PhysicalLocation {
        artifact_location: artifact(report, span),
        region: region(report, span, true)?,
    })
}

fn artifact(report: &Report<'_>, span: Span) -> ArtifactLocation {
    let name = report.name(span);
    let path = utf8_percent_encode(name.strip_prefix("./").unwrap_or(name), IN_PATH);
    let scheme = if name.starts_with('/') { "file://" } else { "" };
    ArtifactLocation {
        uri: format!("{scheme}{path}"),
    }
}

fn region<'a>(report: &Report<'a>, span: Span, with_snippet: bool) -> Option<Region<'a>> {
    let range = report.range(span)?;
    let text = report.sources.slice(span);
    Some(Region {
        start_line: range.start.line,
        start_column: range.start.column,
        end_line: range.end.line,
        end_column: range.end.column,
        snippet: (with_snippet && !text.is_empty()).then_some(Content { text }),
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
