// Starts the server and shows what it tells; everything else is its business.
'use strict';

const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { command, documents } = require('./server');

/** @type {LanguageClient | undefined} */
let client;

function settings() {
  const all = vscode.workspace.getConfiguration('pipewright');
  return { path: all.get('path'), log: all.get('log') };
}

async function start() {
  const options = { documentSelector: documents() };
  client = new LanguageClient('pipewright', 'Pipewright', command(settings()), options);
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
