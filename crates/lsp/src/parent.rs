//! Whether the editor that started the server still runs.

/// Whether a process is there. On systems where that cannot be asked it is: they close the streams of a server whose
/// editor ends.
#[cfg(unix)]
pub(crate) fn is_there(process: i32) -> bool {
    use rustix::io::Errno;
    use rustix::process::{Pid, test_kill_process};

    let Some(process) = Pid::from_raw(process).filter(|_| process > 0) else {
        return true;
    };
    test_kill_process(process) != Err(Errno::SRCH)
}

#[cfg(not(unix))]
pub(crate) fn is_there(_process: i32) -> bool {
    true
}
