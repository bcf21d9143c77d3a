;;; pipewright.el --- The language server of Pipewright  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "29.1"))

;;; Commentary:

;; Tells Eglot, which is part of Emacs since version 29, how to serve YAML: `M-x eglot' in a pipeline starts the server.

;;; Code:

(require 'eglot)

(defgroup pipewright nil
  "Expressions of Harness pipelines."
  :group 'tools)

(defcustom pipewright-command '("pipewright" "lsp")
  "The program that serves YAML files, with its arguments."
  :type '(repeat string))

(add-to-list 'eglot-server-programs
             (cons '(yaml-mode yaml-ts-mode) (lambda (&rest _) pipewright-command)))

(provide 'pipewright)
;;; pipewright.el ends here
