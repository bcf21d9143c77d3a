//! What plugins write that steps of type `Plugin` run in a container, as the documentation of the plugin has it.

/// Images, each with the outputs that its documentation names. A plugin may write others.
const DOCUMENTED: &[(&str, &[&str])] = &[
    (
        "plugins/aws-oidc",
        &[
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
        ],
    ),
    ("plugins/azure-oidc", &["AZURE_ACCESS_TOKEN"]),
];

/// The outputs that the documentation of the plugin in an image names; none where it is not known. `image` may have a
/// registry in front, and a tag or digest behind.
///
/// ```
/// use pipewright_model::catalogue::plugin_outputs;
///
/// let outputs = plugin_outputs("registry.example:5000/plugins/aws-oidc:1.0");
/// assert!(outputs.contains(&"AWS_SESSION_TOKEN"));
/// assert!(plugin_outputs("other-plugins/aws-oidc").is_empty());
/// ```
pub fn plugin_outputs(image: &str) -> &'static [&'static str] {
    let image = image.split('@').next().unwrap_or(image);
    let name = image.rsplit_once('/').map_or(image, |(_, name)| name);
    let tag = name.split_once(':').map_or(0, |(_, tag)| tag.len() + 1);
    let image = &image[..image.len() - tag];
    let is_of = |plugin: &str| {
        let registry = image.strip_suffix(plugin);
        registry.is_some_and(|registry| registry.is_empty() || registry.ends_with('/'))
    };
    let known = DOCUMENTED.iter().find(|(plugin, _)| is_of(plugin));
    known.map_or(&[], |(_, outputs)| outputs)
}
