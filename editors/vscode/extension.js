// Starts the server and shows what it tells; everything else is its business.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { COMMANDS, command, documents, given } = require('./server');

/** @type {LanguageClient | undefined} */
let client;

function settings() {
  const all = vscode.workspace.getConfiguration('pipewright');
  return { path: all.get('path'), log: all.get('log') };
}

/** What this extension can do beyond what the client says itself, and what it leaves to others. */
const abilities = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = { ...capabilities.experimental, commands: { commands: COMMANDS } };
    // Who formats YAML here formats the whole of it; an expression has its code action.
    delete capabilities.textDocument.rangeFormatting;
  },
  initialize() {},
  getState: () => ({ kind: 'static' }),
  clear() {},
};

/** Evaluates what a lens stands above: asks for the value of each name that would decide it, shows what comes of it. */
async function executeCommand(name, args, next) {
  if (name !== 'pipewright.evaluate') {
    return next(name, args);
  }
  const values = {};
  let answer = await next(name, [{ ...args[0], values }]);
  const asked = new Set();
  for (let need; (need = answer?.needs?.find((one) => !asked.has(one))); ) {
    asked.add(need);
    const text = await vscode.window.showInputBox({ title: need, prompt: 'Its value, JSON or text' });
    if (text === undefined) {
      return answer;
    }
    values[need] = given(text);
    answer = await next(name, [{ ...args[0], values }]);
  }
  if (answer) {
    vscode.window.showInformationMessage(answer.told);
  }
  return answer;
}

async function start() {
  const options = { documentSelector: documents(), middleware: { executeCommand } };
  client = new LanguageClient('pipewright', 'Pipewright', command(settings()), options);
  client.registerFeature(abilities);
  try {
    await client.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const answer = await vscode.window.showErrorMessage(
      `Pipewright cannot be started: ${reason}. Is the program installed, and does the setting name it?`,
      'Open the setting',
    );
    if (answer) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'pipewright.path');
    }
  }
}

async function stop() {
  const stopped = client;
  client = undefined;
  if (stopped && stopped.needsStop()) {
    await stopped.stop();
  }
}

async function restart() {
  await stop();
  await start();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('pipewright.restart', restart),
    vscode.commands.registerCommand('pipewright.copy', (text) => vscode.env.clipboard.writeText(text)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const names = ['pipewright.path', 'pipewright.log'];
      if (names.some((name) => change.affectsConfiguration(name))) {
        restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
