//! What the function at a place takes.

use gen_lsp_types::{
    MarkupContent, MarkupKind, ParameterInformation, SignatureHelp, SignatureInformation,
};
use pipewright_ide::{Signature, signature_help};
use pipewright_source::FileId;

use crate::convert::Seen;

/// The ways to call the function in whose parentheses a byte stands. Parameters are named by where they stand in the
/// label where the client takes that: those of a method may have the same text.
pub(crate) fn help(
    seen: Seen<'_>,
    id: FileId,
    offset: u32,
    takes_offsets: bool,
) -> Option<SignatureHelp> {
    let help = signature_help(&seen.project.snapshot, id, offset)?;
    let at = help.active_parameter;
    // The first that takes so many.
    let mut signatures = help.signatures.iter();
    let active = signatures.position(|of| at < of.parameters.len());
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Some(SignatureHelp {
        active_signature: Some(number(active.unwrap_or(0))),
        active_parameter: Some(number(at).into()),
        signatures: help
            .signatures
            .iter()
            .map(|of| information(of, takes_offsets))
            .collect(),
    })
}

fn information(of: &Signature, takes_offsets: bool) -> SignatureInformation {
    let mut at = of.label.find('(').unwrap_or(0);
    let parameters = of.parameters.iter().map(|parameter| {
        let start = of.label[at..].find(parameter.as_str());
        let start = start.filter(|_| takes_offsets).map(|start| at + start);
        let label = match start {
            Some(start) => {
                at = start + parameter.len();
                let units = |end: usize| {
                    let units = of.label[..end].encode_utf16().count();
                    u32::try_from(units).unwrap_or(u32::MAX)
                };
                (units(start), units(at)).into()
            }
            None => parameter.as_str().into(),
        };
        ParameterInformation::new(label, None)
    });
    let parameters = parameters.collect();
    let documentation = MarkupContent {
        kind: MarkupKind::PlainText,
        value: of.doc.clone(),
    };
    SignatureInformation::new(
        of.label.clone(),
        Some(documentation.into()),
        Some(parameters),
        None,
    )
}
