//! Mail: written to an outbox in the transaction that causes it, sent by a job.

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::args;
use crate::db::{Db, DbResult, Sql, Tx};

/// Where mail goes.
#[derive(Clone)]
pub enum Transport {
    /// A mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// One `.eml` file per message in this folder.
    Files(PathBuf),
}

/// Sends what is in the outbox.
#[derive(Clone)]
pub struct Mailer {
    transport: Transport,
    from: Mailbox,
    wake: std::sync::Arc<tokio::sync::Notify>,
}

/// The mail settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The SMTP URL is wrong. It may hold a password and is not repeated.
    #[error("the SMTP URL cannot be used: {0}")]
    Url(#[from] lettre::transport::smtp::Error),
    /// The sender's address is wrong.
    #[error("the sender's address `{0}` is not an e-mail address")]
    From(String),
    /// The folder for mail files cannot be made.
    #[error("the mail folder cannot be made: {0}")]
    Folder(#[from] std::io::Error),
}

/// A message waits this long after the first failure, twice as long after each further one.
const FIRST_RETRY: i64 = 30_000;
/// After so many failures a message stays in the outbox for the operator to see.
const MOST_ATTEMPTS: i64 = 12;

impl Mailer {
    /// SMTP when a URL is given, files in `folder` otherwise.
    pub fn new(smtp_url: Option<&str>, from: &str, folder: PathBuf) -> Result<Self, MailError> {
        let transport = match smtp_url {
            Some(url) => Transport::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?
                    .timeout(Some(Duration::from_secs(20)))
                    .build(),
            ),
            None => {
                std::fs::create_dir_all(&folder)?;
                Transport::Files(folder)
            }
        };
        Ok(Self {
            transport,
            from: from.parse().map_err(|_| MailError::From(from.to_owned()))?,
            wake: std::sync::Arc::default(),
        })
    }

    /// The folder with the messages when no mail server is configured.
    pub fn folder(&self) -> Option<&std::path::Path> {
        match &self.transport {
            Transport::Files(folder) => Some(folder),
            Transport::Smtp(_) => None,
        }
    }

    /// Tells the job that there may be something to send. Call it after the commit.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits for [`Mailer::wake`], at most `timeout`.
    pub async fn woken(&self, timeout: Duration) {
        let _ = tokio::time::timeout(timeout, self.wake.notified()).await;
    }

    /// Sends every message that is due; answers how many were sent. A message is sent at least
    /// once: a crash between sending and noting it repeats it.
    pub async fn deliver_due(&self, db: &Db, now: i64) -> DbResult<usize> {
        let due: Vec<(i64, String, String, String, i64)> = db
            .clone()
            .all(
                "SELECT id, recipient, subject, body, attempts FROM mail_outbox
                 WHERE sent_at IS NULL AND next_attempt_at <= $1 AND attempts < $2
                 ORDER BY id LIMIT 50",
                args![now, MOST_ATTEMPTS],
            )
            .await?;
        let mut sent = 0;
        for (id, recipient, subject, body, attempts) in due {
            // Taken first, so that two nodes do not send the same message.
            let wait = FIRST_RETRY << attempts.min(10);
            let mut tx = db.begin().await?;
            let taken = tx
                .execute(
                    "UPDATE mail_outbox SET attempts = attempts + 1, next_attempt_at = $1
                     WHERE id = $2 AND attempts = $3 AND sent_at IS NULL",
                    args![now + wait, id, attempts],
                )
                .await?;
            tx.commit().await?;
            if taken == 0 {
                continue;
            }
            let outcome = self.send(id, &recipient, &subject, body).await;
            let mut tx = db.begin().await?;
            match outcome {
                Ok(()) => {
                    // The body holds links that open accounts: it is not kept.
                    tx.execute(
                        "UPDATE mail_outbox SET sent_at = $1, body = '', last_error = NULL WHERE id = $2",
                        args![now, id],
                    )
                    .await?;
                    sent += 1;
                }
                Err(error) => {
                    tracing::warn!(%error, mail = id, "mail could not be sent");
                    tx.execute(
                        "UPDATE mail_outbox SET last_error = $1 WHERE id = $2",
                        args![error, id],
                    )
                    .await?;
                }
            }
            tx.commit().await?;
        }
        Ok(sent)
    }

    async fn send(&self, id: i64, to: &str, subject: &str, body: String) -> Result<(), String> {
        let to: Mailbox = to.parse().map_err(|e| format!("recipient: {e}"))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(|e| e.to_string())?;
        match &self.transport {
            Transport::Smtp(smtp) => {
                smtp.send(message).await.map_err(|e| e.to_string())?;
            }
            Transport::Files(folder) => {
                // Written beside and renamed, so that a reader never sees half a message.
                let part = folder.join(format!("{id:08}.part"));
                tokio::fs::write(&part, message.formatted())
                    .await
                    .map_err(|e| e.to_string())?;
                tokio::fs::rename(&part, folder.join(format!("{id:08}.eml")))
                    .await
                    .map_err(|e| e.to_string())?;
            }
        }
        Ok(())
    }
}

/// Puts a message into the outbox, in the same transaction as what it tells about.
pub async fn enqueue(
    tx: &mut Tx,
    recipient: &str,
    subject: &str,
    body: &str,
    now: i64,
) -> DbResult<()> {
    tx.execute(
        "INSERT INTO mail_outbox (recipient, subject, body, created_at, next_attempt_at)
         VALUES ($1, $2, $3, $4, $4)",
        args![recipient, subject, body, now],
    )
    .await?;
    Ok(())
}
