// The colours of expressions in YAML, by the scopes that the grammar gives.
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const oniguruma = require('vscode-oniguruma');
const textmate = require('vscode-textmate');

const INJECTED = path.join(__dirname, '..', 'syntaxes', 'expression.tmLanguage.json');

/** As much of YAML as the injection asks about. */
const YAML = {
  scopeName: 'source.yaml',
  patterns: [
    { name: 'comment.line.number-sign.yaml', match: '#.*$' },
    { name: 'string.quoted.double.yaml', begin: '"', end: '"' },
    { name: 'string.unquoted.plain.out.yaml', begin: '[^\\s"#]', end: '$' },
  ],
};

async function grammar() {
  const wasm = fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      scope === 'source.yaml' ? YAML : textmate.parseRawGrammar(fs.readFileSync(INJECTED, 'utf8'), INJECTED),
    getInjections: (scope) => (scope === 'source.yaml' ? ['pipewright.expression.injection'] : []),
  });
  return registry.loadGrammar('source.yaml');
}

test('expressions are told from the text around them', async () => {
  const yaml = await grammar();
  const scopes = (line, part) => {
    const at = line.indexOf(part);
    assert.ok(at >= 0, part);
    const { tokens } = yaml.tokenizeLine(line, textmate.INITIAL);
    const token = tokens.find((token) => token.startIndex <= at && at < token.endIndex);
    return token.scopes.join(' ');
  };
  const line = 'run: <+pipeline.variables.tag == "v1" && json.object(<+inner>).size() >= 3> after';
  for (const [part, scope] of [
    ['<+pipeline', 'punctuation.section.embedded.begin'],
    ['pipeline', 'variable.language'],
    ['variables', 'variable.other.property'],
    ['==', 'keyword.operator'],
    ['v1', 'string.quoted.double.pipewright'],
    ['&&', 'keyword.operator'],
    ['object', 'entity.name.function'],
    ['inner', 'meta.embedded.pipewright'],
    ['>=', 'keyword.operator'],
    ['3', 'constant.numeric'],
  ]) {
    assert.match(scopes(line, part), new RegExp(scope.replaceAll('.', '\\.')), part);
  }
  for (const [other, part] of [
    [line, 'after'],
    ['plain: text', 'text'],
    ['# <+pipeline.name>', 'pipeline'],
    ['a: 1 <2 + 3', '2'],
  ]) {
    assert.doesNotMatch(scopes(other, part), /pipewright/, part);
  }
  assert.match(scopes('"a: <+b>"', 'b>'), /meta\.embedded\.pipewright/);
});
