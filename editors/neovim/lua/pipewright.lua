-- Starts the language server of Pipewright in Neovim 0.7 and later.
local M = {}

-- What tells the folder of a project, the surest first.
local MARKS = { 'pipewright.toml', '.harness', '.git' }

-- The client of each folder, for versions in which Neovim does not look for one itself.
local clients = {}

--- The nearest directory at or above a file that holds one of the marks; nil where there is none.
local function root_of(file)
  for _, mark in ipairs(MARKS) do
    local directory = vim.fn.fnamemodify(file, ':p:h')
    while directory ~= '' do
      local place = directory .. '/' .. mark
      if vim.fn.filereadable(place) == 1 or vim.fn.isdirectory(place) == 1 then
        return directory
      end
      local above = vim.fn.fnamemodify(directory, ':h')
      if above == directory then
        break
      end
      directory = above
    end
  end
  return nil
end

--- Serves a buffer, with one server for each folder.
local function start(buffer, options)
  local file = vim.api.nvim_buf_get_name(buffer)
  local root = root_of(file)
  local config = vim.tbl_extend('force', { name = 'pipewright', root_dir = root }, options)
  if root then
    config.workspace_folders = { { uri = vim.uri_from_fname(root), name = root } }
  end
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local key = root or file
  local known = clients[key] and vim.lsp.get_client_by_id(clients[key])
  if not known then
    clients[key] = vim.lsp.start_client(config)
  end
  if clients[key] then
    vim.lsp.buf_attach_client(buffer, clients[key])
  end
end

--- Puts a path into the clipboard, and where there is none into the unnamed register.
local function copy(command)
  local text = command.arguments[1]
  vim.fn.setreg('"', text)
  pcall(vim.fn.setreg, '+', text)
end

--- Evaluates what a lens stands above: asks for the value of each name that would decide it, shows what comes of it.
local function evaluate(command, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local values, asked = vim.empty_dict(), {}
  local function ask()
    local argument = vim.tbl_extend('force', command.arguments[1], { values = values })
    local params = { command = command.command, arguments = { argument } }
    client.request('workspace/executeCommand', params, function(_, answer)
      if not answer or answer == vim.NIL then
        return
      end
      for _, name in ipairs(answer.needs or {}) do
        if not asked[name] then
          asked[name] = true
          vim.ui.input({ prompt = name .. ' (JSON or text): ' }, function(text)
            if text then
              local is_json, value = pcall(vim.json.decode, text)
              values[name] = is_json and value or text
              ask()
            end
          end)
          return
        end
      end
      vim.notify(answer.told)
    end, context.bufnr)
  end
  ask()
end

--- What Neovim can do, and what the commands above add to it.
local function capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  all.experimental = { commands = { commands = { 'pipewright.copy' } } }
  return all
end

--- Serves every YAML and JSON file that is opened from now on. `options` are those of `vim.lsp.start`, such as `cmd`
--- and `on_attach`.
function M.setup(options)
  local defaults = { cmd = { 'pipewright', 'lsp' }, capabilities = capabilities() }
  options = vim.tbl_extend('force', defaults, options or {})
  vim.lsp.commands['pipewright.copy'] = copy
  vim.lsp.commands['pipewright.evaluate'] = evaluate
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('pipewright', { clear = true }),
    pattern = { 'yaml', 'json', 'helm' },
    callback = function(event)
      start(event.buf or vim.api.nvim_get_current_buf(), options)
    end,
  })
end

return M
