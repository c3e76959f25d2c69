//! Works told while they are stored, so that placing need not read them again.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use super::{Corpus, Told};

/// Batches that may wait.
const QUEUE: usize = 8;

enum Message {
    /// New works, as they were stored.
    New(Vec<Told>),
    /// Works that were changed since; they are read again.
    Changed(Vec<i64>),
}

/// A thread that takes in works.
pub struct Gatherer {
    messages: SyncSender<Message>,
    thread: JoinHandle<Corpus>,
}

impl Gatherer {
    /// Starts the thread.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start() -> std::io::Result<Self> {
        let (messages, inbox) = sync_channel(QUEUE);
        let thread = thread::Builder::new()
            .name("gather".to_owned())
            .spawn(move || {
                let mut corpus = Corpus::default();
                for message in inbox {
                    match message {
                        Message::New(works) => works.into_iter().for_each(|told| corpus.take(told)),
                        Message::Changed(works) => {
                            works.iter().for_each(|work| corpus.forget(*work))
                        }
                    }
                }
                corpus
            })?;
        Ok(Self { messages, thread })
    }

    /// Works that were not there before.
    pub fn new_works(&self, works: Vec<Told>) {
        // Fails when the thread is gone, which `finish` tells.
        let _ = self.messages.send(Message::New(works));
    }

    /// Works that were there before and changed.
    pub fn changed_works(&self, works: Vec<i64>) {
        let _ = self.messages.send(Message::Changed(works));
    }

    /// All that was told. After a failure of the thread nothing: then everything is read again.
    pub fn finish(self) -> Corpus {
        drop(self.messages);
        self.thread.join().unwrap_or_default()
    }
}
