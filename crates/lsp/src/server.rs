//! The loop: a message after the other, and what can wait when none waits.

use std::any::Any;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{self, BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, TryRecvError};
use std::thread;
use std::time::Duration;

use gen_lsp_types::{
    Diagnostic, DiagnosticRefreshRequest, PublishDiagnosticsNotification, PublishDiagnosticsParams,
    Uri,
};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, ResponseError};

use crate::client::Client;
use crate::convert::Seen;
use crate::diagnostics::{diagnostics, of_configuration, of_file};
use crate::documents::Documents;
use crate::log::Log;
use crate::outbox::Outbox;
use crate::parent;
use crate::project::Project;
use crate::projects::Projects;
use crate::tokens;
use crate::uri;
use crate::wire::{self, Received};

/// How often the server looks whether its editor still runs.
const LOOK_FOR_PARENT: Duration = Duration::from_secs(3);

/// So many messages may wait for an answer before findings are told in between.
const MOST_BEFORE_CHECK: usize = 100;

/// So many files are checked before the server looks whether somebody asks.
const PIECE: usize = 8;

/// The method by which a request is taken back.
const CANCEL: &str = "$/cancelRequest";

/// The message that ends the server.
const EXIT: &str = "exit";

/// How a server ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// As the protocol has it: it was asked to shut down, then to exit.
    ShutDown,
    /// Without being asked to shut down.
    Abruptly,
    /// The editor that started it is gone.
    Deserted,
}

/// What surrounds a server.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// The version that it tells the editor.
    pub version: Option<&'static str>,
    /// Ends the process when the editor is gone while the input stays open, which a thread waits for.
    pub leave: Option<fn()>,
}

/// Answers the messages of `input` on `output` until it is told to exit, the input ends, or its editor is gone. Says on
/// `log` what goes wrong.
///
/// # Errors
/// When the output fails in another way than that nobody reads it any more.
pub fn serve(
    mut input: impl BufRead + Send,
    output: &mut dyn Write,
    log: &mut dyn Write,
    settings: &Settings,
) -> io::Result<Ended> {
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            while let Ok(Some(received)) = wire::read(&mut input) {
                let is_last = matches!(&received, Received::Message(Message::Notification(of)) if of.method == EXIT);
                if sender.send(received).is_err() || is_last {
                    return;
                }
            }
        });
        let mut server = Server::new(Outbox::new(output), Log::new(log), settings.version);
        let ended = server.run(&receiver);
        if let (Ok(Ended::Deserted), Some(leave)) = (&ended, settings.leave) {
            leave();
        }
        ended
    })
}

/// How far client and server are with each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    /// The client has not said what it can do.
    New,
    Running,
    /// The client wants nothing more but the end.
    ShutDown,
}

/// Everything that a server knows.
pub(crate) struct Server<'a> {
    pub(crate) outbox: Outbox<'a>,
    pub(crate) log: Log<'a>,
    pub(crate) version: Option<&'static str>,
    pub(crate) phase: Phase,
    pub(crate) client: Client,
    /// The process of the editor, if it told.
    pub(crate) parent: Option<i32>,
    pub(crate) documents: Documents,
    pub(crate) projects: Projects,
    /// The diagnostics that the client has, by document, with the version they are for.
    told: BTreeMap<String, (Option<i32>, Vec<Diagnostic>)>,
    /// The colours that the client has.
    pub(crate) told_tokens: tokens::Told,
    /// The documents that changed since their diagnostics were told.
    pub(crate) changed: BTreeSet<String>,
    /// What the client was told of configurations that cannot be taken, by their URIs.
    told_wrong: BTreeMap<String, Diagnostic>,
    /// What was received and not answered yet.
    waiting: VecDeque<Received>,
    /// The waiting requests that were taken back.
    cancelled: BTreeSet<RequestId>,
    /// Whether nothing more will be received.
    is_over: bool,
}

impl<'a> Server<'a> {
    fn new(outbox: Outbox<'a>, log: Log<'a>, version: Option<&'static str>) -> Self {
        Self {
            outbox,
            log,
            version,
            phase: Phase::New,
            client: Client::default(),
            parent: None,
            documents: Documents::default(),
            projects: Projects::default(),
            told: BTreeMap::new(),
            told_tokens: tokens::Told::default(),
            changed: BTreeSet::new(),
            told_wrong: BTreeMap::new(),
            waiting: VecDeque::new(),
            cancelled: BTreeSet::new(),
            is_over: false,
        }
    }

    fn run(&mut self, receiver: &Receiver<Received>) -> io::Result<Ended> {
        let mut answered = 0;
        loop {
            self.receive(receiver);
            if let Some(error) = self.outbox.failure() {
                let is_closed = error.kind() == io::ErrorKind::BrokenPipe;
                return if is_closed {
                    Ok(self.ended())
                } else {
                    Err(error)
                };
            }
            if answered < MOST_BEFORE_CHECK
                && let Some(received) = self.waiting.pop_front()
            {
                answered += 1;
                if let Some(ended) = self.answer(received) {
                    return Ok(ended);
                }
                continue;
            }
            answered = 0;
            if self.is_over && self.waiting.is_empty() {
                return Ok(self.ended());
            }
            let is_working = self.guarded("checking", Self::work).unwrap_or(false);
            if is_working || !self.waiting.is_empty() {
                continue;
            }
            match receiver.recv_timeout(LOOK_FOR_PARENT) {
                Ok(of) => self.take(of),
                Err(RecvTimeoutError::Timeout) => {
                    if self.parent.is_some_and(|parent| !parent::is_there(parent)) {
                        self.log.say("the editor that started this server is gone");
                        return Ok(Ended::Deserted);
                    }
                }
                Err(RecvTimeoutError::Disconnected) => self.is_over = true,
            }
        }
    }

    /// Takes everything that was received.
    fn receive(&mut self, receiver: &Receiver<Received>) {
        loop {
            match receiver.try_recv() {
                Ok(of) => self.take(of),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => {
                    self.is_over = true;
                    return;
                }
            }
        }
    }

    /// Takes what was received. A request that waits may be taken back by it.
    fn take(&mut self, received: Received) {
        let Received::Message(Message::Notification(of)) = &received else {
            return self.waiting.push_back(received);
        };
        if of.method != CANCEL {
            return self.waiting.push_back(received);
        }
        let id = of.params.get("id").cloned().unwrap_or_default();
        let Ok(id) = serde_json::from_value::<RequestId>(id) else {
            return;
        };
        let mut waiting = self.waiting.iter();
        if waiting.any(|of| matches!(of, Received::Message(Message::Request(of)) if of.id == id)) {
            self.cancelled.insert(id);
        }
    }

    fn ended(&self) -> Ended {
        match self.phase {
            Phase::ShutDown => Ended::ShutDown,
            Phase::New | Phase::Running => Ended::Abruptly,
        }
    }

    /// Answers what was received. Gives how the server ends, if it does.
    fn answer(&mut self, received: Received) -> Option<Ended> {
        match received {
            Received::Broken(reason) => {
                self.log.say(format_args!("a broken message: {reason}"));
                self.outbox
                    .respond_to_none(&error(ErrorCode::ParseError, reason));
            }
            Received::Message(Message::Request(request)) => self.answer_request(request),
            Received::Message(Message::Notification(of)) if of.method == EXIT => {
                return Some(self.ended());
            }
            Received::Message(Message::Notification(of)) => self.hear(of),
            Received::Message(Message::Response(of)) => {
                if let Err(error) = of.response_result {
                    self.log.say(format_args!(
                        "the client could not answer: {}",
                        error.message
                    ));
                }
            }
        }
        None
    }

    fn answer_request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        if self.cancelled.remove(&id) {
            let error = error(ErrorCode::RequestCanceled, "taken back");
            return self.outbox.respond(id, Err(error));
        }
        let answer = self.guarded(&method, |server| server.request(&method, params));
        let answer = answer.unwrap_or_else(|| {
            let message = format!(
                "answering `{method}` failed; this is a defect of pipewright, please report it"
            );
            Err(error(ErrorCode::InternalError, message))
        });
        self.outbox.respond(id, answer);
    }

    fn hear(&mut self, of: Notification) {
        if self.phase != Phase::Running {
            return;
        }
        let Notification { method, params } = of;
        let heard = self.guarded(&method, |server| server.notification(&method, params));
        if let Some(Err(reason)) = heard {
            self.log
                .say(format_args!("`{method}` is passed over: {reason}"));
        }
    }

    /// Does something, and goes on where that fails by a mistake of ours.
    fn guarded<T>(&mut self, what: &str, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(|| work(self)));
        let said = |panic: Box<dyn Any + Send>| {
            let text = panic.downcast_ref::<&str>().map(ToString::to_string);
            text.or_else(|| panic.downcast_ref::<String>().cloned())
        };
        done.map_err(|panic| {
            let said = said(panic).unwrap_or_default();
            self.log.say(format_args!(
                "{what} failed, a defect of pipewright: {said}"
            ));
        })
        .ok()
    }

    /// Does a piece of what can wait. Whether there was any.
    fn work(&mut self) -> bool {
        if self.phase != Phase::Running {
            return false;
        }
        self.tell_alone();
        if self.projects.read_next(&self.documents) {
            self.tell_wrong_configurations();
            return true;
        }
        if self.check_some(PIECE) {
            return true;
        }
        for project in self.projects.iter_mut() {
            project.forget_edits();
        }
        false
    }

    /// Checks what changed, of each project no more than so many files, and tells the client when all is checked.
    /// Whether anything had changed.
    fn check_some(&mut self, files: usize) -> bool {
        let projects = self.projects.iter_mut();
        let checked: Vec<bool> = projects.map(|project| project.check_some(files)).collect();
        if self.projects.iter().any(Project::is_stale) {
            return true;
        }
        if !checked.contains(&true) && self.changed.is_empty() {
            return false;
        }
        self.tell();
        true
    }

    /// Reads the files that are still to be.
    pub(crate) fn read(&mut self) {
        while self.projects.read_next(&self.documents) {
            self.tell_wrong_configurations();
        }
    }

    /// Reads and checks everything that is still to be.
    pub(crate) fn settle(&mut self) {
        self.read();
        self.check_some(usize::MAX);
    }

    /// The project of a document as the client sees it.
    pub(crate) fn seen(&self, place: &str) -> Seen<'_> {
        self.seen_of(self.projects.of(place))
    }

    /// A project as the client sees it.
    pub(crate) const fn seen_of<'s>(&'s self, project: &'s Project) -> Seen<'s> {
        Seen {
            project,
            documents: &self.documents,
            encoding: self.client.encoding,
        }
    }

    /// Tells what is found in changed documents by themselves while the files around them are still to be read.
    fn tell_alone(&mut self) {
        let mut found = Vec::new();
        for uri in &self.changed {
            let Some(document) = self.documents.get(uri) else {
                continue;
            };
            let seen = self.seen(&document.place);
            if !seen.project.is_new() {
                continue;
            }
            let id = seen.project.snapshot.id(&document.place);
            let alone = id.map_or_else(Vec::new, |id| {
                diagnostics(seen, &seen.project.found_alone(id))
            });
            found.push((uri.clone(), Some(document.version), alone));
        }
        for (uri, version, diagnostics) in found {
            self.changed.remove(&uri);
            self.publish(uri, version, diagnostics);
        }
    }

    /// Tells what is found in every document that is open, as far as the client does not have it.
    fn tell(&mut self) {
        let mut found = Vec::new();
        let mut is_other_elsewhere = false;
        for (uri, document) in self.documents.iter() {
            let seen = self.seen(&document.place);
            let id = seen.project.snapshot.id(&document.place);
            let diagnostics = id.map_or_else(Vec::new, |id| of_file(seen, id));
            let has_changed = self.changed.contains(uri);
            let told = self.told.get(uri).map(|(_, told)| told.as_slice());
            if has_changed || told.unwrap_or_default() != diagnostics {
                is_other_elsewhere |= !has_changed;
                found.push((uri.to_owned(), Some(document.version), diagnostics));
            }
        }
        self.changed.clear();
        for (uri, version, diagnostics) in found {
            self.publish(uri, version, diagnostics);
        }
        if is_other_elsewhere && self.client.pulls && self.client.refreshes {
            self.outbox.request::<DiagnosticRefreshRequest>(&());
        }
    }

    /// Sends diagnostics to a client that does not ask for them, and notes that it has them.
    fn publish(&mut self, uri: String, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
        if !self.client.pulls {
            self.outbox
                .notify::<PublishDiagnosticsNotification>(&PublishDiagnosticsParams {
                    uri: Uri(uri.clone()),
                    version,
                    diagnostics: diagnostics.clone(),
                });
        }
        self.told.insert(uri, (version, diagnostics));
    }

    /// Takes the diagnostics of a document back that is no longer open.
    pub(crate) fn take_back(&mut self, uri: &str) {
        self.changed.remove(uri);
        self.told_tokens.forget(uri);
        if self
            .told
            .remove(uri)
            .is_some_and(|(_, told)| !told.is_empty())
            && !self.client.pulls
        {
            self.outbox
                .notify::<PublishDiagnosticsNotification>(&PublishDiagnosticsParams {
                    uri: Uri(uri.to_owned()),
                    version: None,
                    diagnostics: Vec::new(),
                });
        }
    }

    /// Tells which configurations cannot be taken, where they are wrong, and which can be again.
    fn tell_wrong_configurations(&mut self) {
        let problems = self.projects.iter().flat_map(|project| &project.problems);
        let mut wrong: BTreeMap<String, Diagnostic> = BTreeMap::new();
        for problem in problems {
            let uri = uri::of_path(&problem.path.to_string_lossy().replace('\\', "/"));
            wrong.insert(uri, of_configuration(problem, self.client.encoding));
        }
        let before = std::mem::replace(&mut self.told_wrong, wrong);
        let mended = before
            .keys()
            .filter(|uri| !self.told_wrong.contains_key(*uri));
        let mut told: Vec<(String, Vec<Diagnostic>)> =
            mended.map(|uri| (uri.clone(), Vec::new())).collect();
        for (uri, diagnostic) in &self.told_wrong {
            if before.get(uri) != Some(diagnostic) {
                told.push((uri.clone(), vec![diagnostic.clone()]));
            }
        }
        for (uri, diagnostics) in told {
            self.outbox
                .notify::<PublishDiagnosticsNotification>(&PublishDiagnosticsParams {
                    uri: Uri(uri),
                    version: None,
                    diagnostics,
                });
        }
    }
}

/// An answer that says why there is none.
pub(crate) fn error(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError {
        code: code as i32,
        message: message.into(),
        data: None,
    }
}
