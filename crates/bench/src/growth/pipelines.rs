//! Pipelines that have many of one thing, most of them with a finding for each.

use super::kinds::{Kind, PIPELINE, kind, numbered};

/// How many there are at the least.
const SIZE: usize = 500;

/// All of them, to be checked.
pub(super) const PIPELINES: &[Kind] = &[
    many("stages that read a codebase", |n| {
        stages(n, |i| format!("description: <+codebase.commitSha> {i}"))
    }),
    many("stages with conditions", |n| {
        stages(n, |i| {
            format!(
                "when: {{ pipelineStatus: Success, condition: '<+pipeline.name> == \"p{i}\"' }}"
            )
        })
    }),
    many("conditions on unknown variables", |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(i, "x")
        }) + &stages(n, |i| {
            format!("when: {{ pipelineStatus: Success, condition: '<+pipeline.variables.w{i}> == \"p\"' }}")
        })
        .replace(PIPELINE, "")
    }),
    many("conditions on unknown stages", |n| {
        stages(n, |i| {
            format!(
                "when: {{ pipelineStatus: Success, condition: '<+pipeline.stages.T{i}.name> == \"p\"' }}"
            )
        })
    }),
    many("conditions on one variable of many", |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(i, &format!("<+pipeline.variables.v{}>x", i / 2 + 1))
        }) + &stages(n, |_| {
            format!("when: {{ pipelineStatus: Success, condition: '<+pipeline.variables.v{}> == \"p\"' }}", n - 1)
        })
        .replace(PIPELINE, "")
    }),
    many("stages with constant conditions", |n| {
        stages(n, |i| {
            format!(
                "when: {{ pipelineStatus: Success, condition: '\"<+pipeline.name>\" == \"{i}\"' }}"
            )
        })
    }),
    many("stages that read a later one", |n| {
        stages(n, |i| {
            format!("description: <+pipeline.stages.S{}.variables.x>", i + 1)
        })
    }),
    many("stages that read the last", |n| {
        stages(n, |i| {
            format!("description: <+pipeline.stages.S{}.variables.x{i}>", n - 1)
        })
    }),
    many("stages of one name", |n| {
        numbered(&format!("{PIPELINE}  stages:\n"), n, |_| {
            stage("S", "description: x")
        })
    }),
    many("stages of names with other letters", |n| {
        numbered(&format!("{PIPELINE}  stages:\n"), n, |i| {
            stage(
                &format!("stage{i}"),
                &format!("description: <+pipeline.stages.Stage{i}.name>"),
            )
        })
    }),
    many("stages beside each other", |n| {
        let start = format!("{PIPELINE}  stages:\n    - parallel:\n");
        numbered(&start, n, |i| {
            format!(
                "        - stage: {{ identifier: S{i}, type: Custom, description: <+pipeline.stages.S{}.status> }}\n",
                (i + 1) % n
            )
        })
    }),
    many("stages with loops", |n| {
        stages(n, |i| {
            format!(
                "strategy: {{ matrix: {{ a: [1, 2, {i}] }} }}\n        description: <+matrix.a> <+matrix.b>"
            )
        })
    }),
    many("stages with evaluated loops", |n| {
        stages(n, |i| {
            format!(
                "strategy: {{ repeat: {{ items: '<+\"a,b,{i}\".split(\",\")>' }} }}\n        description: <+repeat.item>"
            )
        })
    }),
    many("stages of a template", |n| {
        let template = "---\ntemplate:\n  identifier: t\n  versionLabel: \"1\"\n  type: Stage\n  projectIdentifier: p\n  \
             orgIdentifier: o\n  spec:\n    type: Custom\n    description: <+pipeline.variables.none>\n";
        let pipeline = numbered(&format!("{PIPELINE}  stages:\n"), n, |i| {
            format!(
                "    - stage: {{ identifier: S{i}, template: {{ templateRef: t, versionLabel: \"1\" }} }}\n"
            )
        });
        format!("{pipeline}{template}")
    }),
    many("templates", |n| {
        numbered("", n, |i| {
            format!(
                "---\ntemplate:\n  identifier: t{i}\n  versionLabel: \"1\"\n  type: Stage\n  spec:\n    type: Custom\n    \
                 description: <+pipeline.variables.none>\n"
            )
        })
    }),
    many("axes of a loop", |n| {
        let axes = numbered("", n, |i| format!("a{i}: [1], "));
        stages(1, |_| format!("strategy: {{ matrix: {{ {axes} }} }}"))
            + &stages(n, |i| format!("description: <+matrix.b{i}>"))
    }),
    many("values of an axis", |n| {
        let values = numbered("", n, |i| format!("{i}, "));
        stages(1, |_| {
            format!("strategy: {{ matrix: {{ a: [{values}] }} }}\n        description: <+matrix.a>")
        })
    }),
    many("variables that nothing reads", |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(i, "x")
        })
    }),
    many("variables that read each other", |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(i, &format!("<+pipeline.variables.v{}>", i + 1))
        })
    }),
    many("variables in a circle", |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(i, &format!("<+pipeline.variables.v{}>", (i + 1) % n))
        })
    }),
    many("variables in pairs", |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(i, &format!("<+pipeline.variables.v{}>", i ^ 1))
        })
    }),
    many("variables that read all names", |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(
                i,
                &format!("<+variables.v{}> <+v{i}> <+pipeline.v{i}>", n - 1 - i),
            )
        })
    }),
    many("secrets", |n| {
        stages(n, |i| {
            format!("description: '<+secrets.getValue(\"a b{i}\")> <+secrets.getvalue(\"x{i}\")>'")
        })
    }),
    many("unknown roots", |n| {
        stages(n, |i| {
            format!("description: <+pipelin{i}.name> <+stagee.x{i}>")
        })
    }),
    many("methods of nothing", |n| {
        stages(n, |i| {
            format!(
                "description: '<+pipeline.name.toUper()> <+json.selct(\"a{i}\", \"b\")> <+a.b{i}.length()>'"
            )
        })
    }),
    many("steps with conditions", |n| {
        steps(n, |i| {
            format!(
                "when: {{ stageStatus: Success, condition: '<+execution.steps.a{}.output.exitCode> == {i}' }}",
                i / 2
            )
        })
    }),
    many("steps with outputs that nothing reads", |n| {
        steps(n, |i| {
            format!("spec: {{ outputVariables: [{{ name: o{i}, type: String, value: o }}] }}")
        })
    }),
    many("steps that read a later one", |n| {
        steps(n, |i| {
            format!(
                "name: <+execution.steps.a{}.output.outputVariables.x>",
                i + 1
            )
        })
    }),
    many("steps that read unknown ones", |n| {
        steps(n, |i| {
            format!("name: <+execution.steps.b{i}.output.exitCode>")
        })
    }),
    many("steps that read fields of nothing", |n| {
        steps(n, |i| {
            format!("name: <+steps.a{}.outputs.x> <+step.nam{i}>", i / 2)
        })
    }),
    many("steps of a wrong type", |n| {
        steps(n, |i| {
            format!("type: ShellScrip{i}\n                  spec: {{ shel: x }}")
        })
        .replace("                  type: ShellScript\n", "")
    }),
    many("steps with failure strategies", |n| {
        steps(n, |_| {
            "failureStrategies: [{ onFailure: { errors: [AllErrors, Timeout], action: { type: Retry } } }]".to_owned()
        })
    }),
    many("steps that wait at barriers", |n| {
        let barriers = numbered("  flowControl:\n    barriers:\n", n, |i| {
            format!("      - {{ name: b, identifier: b{i} }}\n")
        });
        steps(n, |i| format!("spec: {{ barrierRef: c{i} }}")).replace("ShellScript", "Barrier")
            + &barriers
    }),
    many("steps with scripts", |n| {
        steps(n, |i| {
            format!(
                "spec: {{ shell: Bash, source: {{ type: Inline, spec: {{ script: 'echo \"<+trigger.payload.t{i}>\" \
                 <+secrets.getValue(\"s\")>' }} }} }}"
            )
        })
    }),
    many("texts of a script from outside", |n| {
        let script = numbered("", n, |i| {
            format!("echo <+trigger.payload.t{i}> '<+trigger.x>' ")
        });
        steps(1, |_| {
            format!(
                "spec: {{ shell: Bash, source: {{ type: Inline, spec: {{ script: \"{script}\" }} }} }}"
            )
        })
    }),
    many("lines of a script from outside", |n| {
        let lines = numbered("", n, |i| {
            format!("                          echo <+trigger.payload.t{i}> # <+a>\n")
        });
        steps(1, |_| {
            format!(
                "spec:\n                    shell: Bash\n                    source:\n                      type: Inline\n                      spec:\n                        script: |\n{lines}"
            )
        })
    }),
    many("quotes of a script", |n| {
        let lines = numbered("", n, |_| {
            "                          echo \"$(echo '\n".to_owned()
        });
        steps(1, |_| {
            format!(
                "spec:\n                    shell: Bash\n                    source:\n                      type: Inline\n                      spec:\n                        script: |\n{lines}                          <+trigger.x>\n"
            )
        })
    }),
    many("operators of a condition", |n| {
        let terms = numbered("", n, |i| format!("<+pipeline.name> == \"{i}\" || "));
        stages(1, |_| {
            format!("when: {{ pipelineStatus: Success, condition: '{terms} true' }}")
        })
    }),
    many("operands that are texts", |n| {
        let terms = numbered("", n, |i| format!("<+\"1\" + {i}> <+1 & 2> <+a = {i}> "));
        stages(1, |_| format!("description: '{terms}'"))
    }),
    many("groups in each other, side by side", |n| {
        let group = |i: usize| {
            format!(
                "              - stepGroup: {{ identifier: g{i}, steps: [ {{ stepGroup: {{ identifier: h, steps: [ {{ step: \
                 {{ identifier: a, type: Wait, name: <+stepGroup.steps.g{i}> }} }} ] }} }} ] }}\n"
            )
        };
        numbered(&steps(0, |_| String::new()), n, group)
    }),
    many("input sets", |n| {
        let sets = numbered("", n, |i| {
            format!(
                "---\ninputSet:\n  identifier: s{i}\n  projectIdentifier: p\n  orgIdentifier: o\n  pipeline:\n    identifier: p\n    \
                 variables:\n      - {{ name: a, type: String, value: <+pipeline.variables.none{i}> }}\n"
            )
        });
        format!(
            "{}{sets}",
            numbered(&format!("{PIPELINE}  variables:\n"), n, |i| variable(
                i, "<+input>"
            ))
        )
    }),
    many("values of an input set", |n| {
        let values = numbered("", n, |i| {
            format!(
                "      - {{ name: v{i}, type: String, value: <+pipeline.variables.none{i}> }}\n"
            )
        });
        let set = "---\ninputSet:\n  identifier: s\n  projectIdentifier: p\n  orgIdentifier: o\n  pipeline:\n    identifier: p\n    \
                   variables:\n";
        let pipeline = numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(i, "<+input>")
        });
        format!("{pipeline}{set}{values}")
    }),
    many("runtime inputs", |n| {
        numbered(&format!("{PIPELINE}  variables:\n"), n, |i| {
            variable(i, "<+input>.default(z).allowedValues(a,b)")
        })
    }),
    many("aliases with findings", |n| {
        let start = format!("{PIPELINE}  tags: &t {{ a: <+pipeline.none> }}\n  variables:\n");
        numbered(&start, n, |i| {
            format!("    - {{ name: v{i}, type: String, value: <+none>, tags: *t }}\n")
        })
    }),
    many("suppressed findings", |n| {
        stages(n, |i| {
            format!(
                "# pipewright: ignore[unknown-root]\n        description: <+nothing{i}.x> # pipewright: ignore[unknown-root]"
            )
        })
    }),
    many("keys given twice", |n| {
        numbered(&format!("{PIPELINE}  tags:\n"), n, |i| {
            format!("    a{}: x\n", i / 2)
        })
    }),
];

const fn many(name: &'static str, text: fn(usize) -> String) -> Kind {
    kind(name, "check -", SIZE, text)
}

fn stage(identifier: &str, more: &str) -> String {
    format!(
        "    - stage:\n        identifier: {identifier}\n        type: Custom\n        {more}\n"
    )
}

fn stages(count: usize, more: impl Fn(usize) -> String) -> String {
    numbered(&format!("{PIPELINE}  stages:\n"), count, |i| {
        stage(&format!("S{i}"), &more(i))
    })
}

fn variable(number: usize, value: &str) -> String {
    format!("    - {{ name: v{number}, type: String, value: \"{value}\" }}\n")
}

fn steps(count: usize, more: impl Fn(usize) -> String) -> String {
    let start = format!(
        "{PIPELINE}  stages:\n    - stage:\n        identifier: S\n        type: Custom\n        spec:\n          execution:\n            \
         steps:\n"
    );
    numbered(&start, count, |i| {
        format!(
            "              - step:\n                  identifier: a{i}\n                  type: ShellScript\n                  {}\n",
            more(i)
        )
    })
}
