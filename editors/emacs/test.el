;;; test.el --- Opens the examples in Emacs without a screen  -*- lexical-binding: t; -*-

;;; Commentary:

;; Loads pipewright.el as the how-to says, and asks through Eglot.  Run by `test.sh'.

;;; Code:

(require 'cl-lib)
(require 'xref)

(defconst test-top default-directory)

(defun test-check (holds what &rest arguments)
  "End with an error that says WHAT, with ARGUMENTS, unless HOLDS."
  (unless holds
    (message "editors/emacs: %s" (apply #'format what arguments))
    (kill-emacs 1)))

(defmacro test-await (what &rest body)
  "Wait until BODY holds; WHAT says what it is."
  `(let ((until (+ (float-time) 20)) held)
     (while (and (not (setq held (progn ,@body))) (< (float-time) until))
       ;; Eglot tells of edits when Emacs is idle, which it never is here.
       (when (eglot-current-server) (eglot--signal-textDocument/didChange))
       (accept-process-output nil 0.05)
       (when (bound-and-true-p flymake-mode) (flymake-start)))
     (test-check held "waited for %s" ,what)
     held))

(defun test-find (text &optional offset)
  "Go to TEXT, OFFSET characters behind its beginning."
  (goto-char (point-min))
  (test-check (search-forward text nil t) "no line holds %s" text)
  (goto-char (+ (match-beginning 0) (or offset 0))))

(defun test-open (path)
  "Open the example at PATH, as somebody does who has the hook of the how-to."
  (find-file (expand-file-name path test-top))
  ;; What waits for the end of a command has to be run by hand here.
  (run-hooks 'post-command-hook)
  (test-await "a server" (eglot-current-server)))

(defun test-diagnostics-on-line ()
  "The diagnostics on the line of the cursor."
  (cl-remove-if-not
   (lambda (of) (= (line-number-at-pos (flymake-diagnostic-beg of)) (line-number-at-pos)))
   (flymake-diagnostics)))

(load (expand-file-name "pipewright.el" (getenv "HERE")))
(setq pipewright-command (list (getenv "PIPEWRIGHT") "lsp")
      eglot-sync-connect t
      eglot-confirm-server-initiated-edits nil
      make-backup-files nil
      create-lockfiles nil)
(add-hook 'yaml-mode-hook #'eglot-ensure)

;; Diagnostics, and a code action that takes one back: the comment that silences it.
(test-open "examples/mistakes/pipeline.yaml")
(test-await "diagnostics" (flymake-diagnostics))
(test-find "execution.steps.Publish.status")
(let* ((found (test-diagnostics-on-line))
       (actions (eglot-code-actions (point) (point)))
       (ignore (cl-find-if
                (lambda (of) (string-prefix-p "Ignore " (plist-get of :title)))
                actions)))
  (test-check (= (length found) 1) "one diagnostic where a later step is read, not %S" found)
  (test-check ignore "an action that ignores, not %S" actions)
  (eglot--apply-workspace-edit (plist-get ignore :edit)))
(test-await "the diagnostic to go"
            (test-find "execution.steps.Publish.status")
            (null (test-diagnostics-on-line)))
(set-buffer-modified-p nil)

;; Completion, hover, definition and rename in a pipeline of several files.
(test-open "examples/templates/.harness/pipeline.yaml")
(let* ((name (getenv "NAME"))
       (reading (concat "<+pipeline.variables." name))
       (read-here (length "<+pipeline.variables.")))
  (test-find reading read-here)
  (let* ((at-point (eglot-completion-at-point))
         (offered (all-completions "" (nth 2 at-point))))
    (test-check (member name (mapcar #'string-trim offered)) "completion offers %s, not %S" name offered))
  (let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                (eglot--TextDocumentPositionParams))))
    (test-check (string-search (concat "pipeline.variables." name)
                               (plist-get (plist-get hover :contents) :value))
                "hover: %S" hover))
  (xref-find-definitions (symbol-name (intern "LSP identifier at point.")))
  (test-check (string-search (concat "name: " name) (thing-at-point 'line))
              "the cursor at the declaration, not at %S" (thing-at-point 'line))
  ;; It asks whether files that are not open may be edited, too.
  (cl-letf (((symbol-function 'y-or-n-p) #'always))
    (eglot-rename "renamedByTest"))
  (dolist (text '("variables.renamedByTest" "name: renamedByTest"))
    (test-find text))
  (goto-char (point-min))
  (test-check (not (search-forward (concat "variables." name) nil t)) "the old name to be gone"))
(set-buffer-modified-p nil)
(eglot-shutdown (eglot--current-server-or-lose))
(kill-emacs 0)

;;; test.el ends here
