-- Opens the examples in Neovim with the shipped configuration, and asks through Neovim's own client. Run by `test.sh`.
local function fail(what)
  io.stderr:write('editors/neovim: ' .. what .. '\n')
  vim.cmd('cquit')
end

local function check(holds, what)
  if not holds then
    fail(what)
  end
end

--- Waits until something holds.
local function await(what, holds)
  check(vim.wait(20000, holds, 20), 'waited for ' .. what)
end

--- The line and the byte column of a text in the buffer, from 0; `offset` bytes behind its beginning.
local function find(text, offset)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      return number - 1, at - 1 + (offset or 0)
    end
  end
  fail('no line holds ' .. text)
end

local function move_to(text, offset)
  local line, column = find(text, offset)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
end

--- What the server answers about the place of the cursor.
local function ask(method, params)
  params = params or vim.lsp.util.make_position_params()
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000)
  for _, answer in pairs(answers or {}) do
    check(not answer.error, method .. ' is an error: ' .. vim.inspect(answer.error))
    return answer.result
  end
  fail(method .. ' has no answer')
end

local function run()
  require('pipewright').setup({ cmd = { vim.env.PIPEWRIGHT, 'lsp' } })

  -- Diagnostics, and that mending one takes it back.
  vim.cmd('edit examples/mistakes/pipeline.yaml')
  await('a client', function()
    return #vim.lsp.get_active_clients() == 1
  end)
  await('diagnostics', function()
    return #vim.diagnostic.get(0) > 0
  end)
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    check(diagnostic.source == 'pipewright', 'the source of a diagnostic')
    found[diagnostic.message:match('^[^\n]*')] = diagnostic
  end
  local line = find('execution.steps.Publish.status')
  local on_line = vim.diagnostic.get(0, { lnum = line })
  check(#on_line == 1 and on_line[1].col < on_line[1].end_col, 'one diagnostic where a later step is read')

  -- A code action: the comment that silences this one.
  local range = {
    start = { line = line, character = on_line[1].col },
    ['end'] = { line = line, character = on_line[1].col },
  }
  local actions = ask('textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = range,
    context = { diagnostics = {} },
  })
  local ignore
  for _, action in ipairs(actions) do
    if action.title:find('^Ignore ') then
      ignore = action
    end
  end
  check(ignore, 'an action that ignores')
  vim.lsp.util.apply_workspace_edit(ignore.edit, 'utf-16')
  await('the diagnostic to go', function()
    local now = find('execution.steps.Publish.status')
    return #vim.diagnostic.get(0, { lnum = now }) == 0
  end)

  -- Completion, hover and definition in a pipeline of several files.
  vim.cmd('edit! examples/templates/.harness/pipeline.yaml')
  await('a client of the second folder', function()
    return vim.tbl_count(vim.lsp.buf_get_clients(0)) == 1
  end)
  local reading = vim.env.READING
  move_to(reading, #'<+pipeline.variables.')
  local offered = ask('textDocument/completion')
  local labels = {}
  for _, item in ipairs(offered.items) do
    labels[item.label] = item
  end
  local name = vim.env.NAME
  check(labels[name], 'completion offers ' .. name .. ', not ' .. vim.inspect(vim.tbl_keys(labels)))
  local hover = ask('textDocument/hover')
  check(hover and hover.contents.value:find('pipeline.variables.' .. name, 1, true), 'hover: ' .. vim.inspect(hover))
  vim.lsp.buf.definition()
  await('the cursor at the declaration', function()
    local row = vim.api.nvim_win_get_cursor(0)[1]
    return vim.api.nvim_buf_get_lines(0, row - 1, row, false)[1]:find('name: ' .. name, 1, true) ~= nil
  end)

  -- The full path of the declaration, copied.
  local here = vim.lsp.util.make_position_params().position
  local offered_here = ask('textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(),
    range = { start = here, ['end'] = here },
    context = { diagnostics = {} },
  })
  local copied
  for _, action in ipairs(offered_here) do
    if action.command and action.command.command == 'pipewright.copy' then
      vim.lsp.commands['pipewright.copy'](action.command)
      copied = vim.fn.getreg('"')
    end
  end
  check(copied == 'pipeline.variables.' .. name, 'the copied path: ' .. vim.inspect(copied))

  -- Rename: the declaration and every place that reads it, in each file.
  vim.lsp.buf.rename('renamedByTest')
  await('the name to be another one', function()
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return text:find('variables.renamedByTest', 1, true)
      and text:find('name: renamedByTest', 1, true)
      and not text:find('variables.' .. name, 1, true)
  end)
  vim.cmd('qall!')
end

local ok, why = pcall(run)
if not ok then
  fail(tostring(why))
end
