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

--- Serves every YAML and JSON file that is opened from now on. `options` are those of `vim.lsp.start`, such as `cmd`
--- and `on_attach`.
function M.setup(options)
  options = vim.tbl_extend('force', { cmd = { 'pipewright', 'lsp' } }, options or {})
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('pipewright', { clear = true }),
    pattern = { 'yaml', 'json' },
    callback = function(event)
      start(event.buf or vim.api.nvim_get_current_buf(), options)
    end,
  })
end

return M
