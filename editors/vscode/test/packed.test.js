// The packed extension: what is in it, and a client of what it carries against the real program, which the variable
// PIPEWRIGHT names.
'use strict';

const assert = require('node:assert');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { pipeline } = require('node:stream/promises');
const test = require('node:test');
const { pathToFileURL } = require('node:url');
const { promisify } = require('node:util');
const yauzl = require('yauzl');

const PACKED = path.join(__dirname, '..', 'pipewright.vsix');
const TEXT = `pipeline:
  identifier: p
  variables: [{ name: tag, type: String, value: v1 }]
  stages:
    - stage: { identifier: S, type: Custom, spec: {}, description: <+pipeline.variables.tga> }
`;

async function unpack(archive, folder) {
  const zip = await promisify(yauzl.open)(archive, { lazyEntries: true });
  const open = promisify(zip.openReadStream.bind(zip));
  const done = new Promise((resolve, reject) => zip.on('end', resolve).on('error', reject));
  zip.on('entry', async (entry) => {
    const target = path.join(folder, entry.fileName);
    if (!entry.fileName.endsWith('/')) {
      fs.mkdirSync(path.dirname(target), { recursive: true });
      await pipeline(await open(entry), fs.createWriteStream(target));
    }
    zip.readEntry();
  });
  zip.readEntry();
  await done;
}

test('the packed extension starts the server and is answered', { timeout: 60_000 }, async (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pipewright-vsix-'));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  await unpack(PACKED, folder);
  const extension = path.join(folder, 'extension');
  const manifest = JSON.parse(fs.readFileSync(path.join(extension, 'package.json'), 'utf8'));
  for (const file of [manifest.main, ...manifest.contributes.grammars.map((grammar) => grammar.path)]) {
    assert.ok(fs.existsSync(path.join(extension, file)), file);
  }
  const carried = fs.readdirSync(path.join(extension, 'node_modules'));
  assert.ok(!carried.includes('yauzl'), 'what only tests need stays out');

  const { COMMANDS, command, documents, given } = require(path.join(extension, 'server.js'));
  assert.ok(documents().some(({ scheme, language }) => scheme === 'file' && language === 'yaml'));
  assert.deepStrictEqual(command({ path: '', log: 'a' }), { command: 'pipewright', args: ['lsp', '--log', 'a'] });
  const start = command({ path: process.env.PIPEWRIGHT });
  const server = spawn(start.command, start.args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, reject) => server.on('exit', resolve).on('error', reject));
  // The very library that the extension runs on.
  const protocol = require(path.join(extension, 'node_modules', 'vscode-languageserver-protocol', 'node'));
  const connection = protocol.createProtocolConnection(
    new protocol.StreamMessageReader(server.stdout),
    new protocol.StreamMessageWriter(server.stdin),
  );
  const told = new Promise((resolve) =>
    connection.onNotification(protocol.PublishDiagnosticsNotification.type, resolve),
  );
  connection.listen();
  const { capabilities, serverInfo } = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: { experimental: { commands: { commands: COMMANDS } } },
    workspaceFolders: null,
  });
  assert.strictEqual(serverInfo.name, 'pipewright');
  assert.strictEqual(capabilities.positionEncoding, 'utf-16');
  await connection.sendNotification(protocol.InitializedNotification.type, {});
  const uri = pathToFileURL(path.join(folder, 'p.yaml')).href;
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: 'yaml', version: 1, text: TEXT },
  });
  const { diagnostics, version } = await told;
  assert.strictEqual(version, 1);
  assert.deepStrictEqual(diagnostics.map(({ code }) => code), ['unknown-variable']);
  const line = TEXT.split('\n')[4];
  const position = { line: 4, character: line.indexOf('variables.') + 'variables.'.length };
  const hover = await connection.sendRequest(protocol.HoverRequest.type, {
    textDocument: { uri },
    position: { line: 4, character: line.indexOf('variables') },
  });
  assert.ok(hover === null || hover.contents.kind === 'markdown');
  const offered = await connection.sendRequest(protocol.CompletionRequest.type, { textDocument: { uri }, position });
  assert.deepStrictEqual(offered.items.map(({ label }) => label), ['tag']);
  // The copied path, where the client has the command for it.
  const place = { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics: [] } };
  place.range.start = place.range.end = { line: 2, character: TEXT.split('\n')[2].indexOf('tag') };
  const actions = await connection.sendRequest(protocol.CodeActionRequest.type, place);
  const copied = actions.filter((action) => action.command?.command === COMMANDS[0]);
  assert.deepStrictEqual(copied.map((action) => action.command.arguments), [['pipeline.variables.tag']]);
  assert.deepStrictEqual(['main', 'true', '7', '{"a": 1}'].map(given), ['main', true, 7, { a: 1 }]);
  const column = TEXT.split('\n')[2].indexOf('tag');
  const renamed = await connection.sendRequest(protocol.RenameRequest.type, {
    textDocument: { uri },
    position: { line: 2, character: column },
    newName: 'label',
  });
  const range = { start: { line: 2, character: column }, end: { line: 2, character: column + 'tag'.length } };
  assert.deepStrictEqual(renamed, { changes: { [uri]: [{ range, newText: 'label' }] } });
  await connection.sendRequest(protocol.ShutdownRequest.type);
  await connection.sendNotification(protocol.ExitNotification.type);
  assert.strictEqual(await ended, 0);
  connection.dispose();
});
