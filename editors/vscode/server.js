// How the server is started; knows nothing of VS Code, so that tests can ask it, too.
'use strict';

/** The languages whose documents the server is told of. */
const LANGUAGES = ['yaml', 'json', 'jsonc'];

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

module.exports = { command, documents };
