// How the server is started and what it is given; knows nothing of VS Code, so that tests can ask it, too.
'use strict';

/** The languages whose documents the server is told of; extensions for Helm take files below `templates` for theirs. */
const LANGUAGES = ['yaml', 'json', 'jsonc', 'helm'];

/**
 * The command that starts the server.
 *
 * @param {{ path?: string, log?: string }} settings what stands in the settings
 * @returns {{ command: string, args: string[] }}
 */
function command(settings) {
  const args = ['lsp'];
  if (settings.log) {
    args.push('--log', settings.log);
  }
  return { command: settings.path || 'pipewright', args };
}

/** The documents that the server is told of: files and those that are not saved yet. */
function documents() {
  return LANGUAGES.flatMap((language) => [
    { scheme: 'file', language },
    { scheme: 'untitled', language },
  ]);
}

/** The commands that the extension has for the server. */
const COMMANDS = ['pipewright.copy'];

/**
 * A value as somebody types it: JSON, or else the text itself.
 *
 * @param {string} text
 */
function given(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

module.exports = { COMMANDS, command, documents, given };
