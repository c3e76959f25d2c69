//! What an invitation says: purpose, subject, message and linked works.

use serde::{Deserialize, Serialize};

use crate::domain::ids::WorkId;

/// The shortest subject, in Unicode scalar values after trimming.
pub const SUBJECT_MIN_CHARS: usize = 4;
/// The longest subject.
pub const SUBJECT_MAX_CHARS: usize = 120;
/// The shortest message, in Unicode scalar values after trimming.
pub const MESSAGE_MIN_CHARS: usize = 80;
/// The longest message.
pub const MESSAGE_MAX_CHARS: usize = 2_000;
/// The most works that an invitation links.
pub const LINKED_WORKS_MAX: usize = 3;

/// What the sender has in mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Writing a paper together.
    JointPaper,
    /// Data or code of one of the two.
    DataOrCode,
    /// A review or feedback.
    Review,
    /// Supervision or a position.
    Supervision,
    /// A joint grant application.
    Grant,
    /// A talk or visit.
    Talk,
    /// A question about a work.
    Question,
    /// Anything else.
    Other,
}

impl Purpose {
    /// All purposes, in the order of the list that senders choose from.
    pub const ALL: [Self; 8] = [
        Self::JointPaper,
        Self::DataOrCode,
        Self::Review,
        Self::Supervision,
        Self::Grant,
        Self::Talk,
        Self::Question,
        Self::Other,
    ];

    /// The word stored for the purpose, and its value in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::JointPaper => "joint_paper",
            Self::DataOrCode => "data_or_code",
            Self::Review => "review",
            Self::Supervision => "supervision",
            Self::Grant => "grant",
            Self::Talk => "talk",
            Self::Question => "question",
            Self::Other => "other",
        }
    }

    /// The reverse of [`Purpose::as_str`].
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.as_str() == word)
    }

    /// The purpose in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::JointPaper => "Write a paper together",
            Self::DataOrCode => "Share data or code",
            Self::Review => "Review or feedback",
            Self::Supervision => "Supervision or a position",
            Self::Grant => "Apply for a grant together",
            Self::Talk => "Invite to a talk or visit",
            Self::Question => "Question about a work",
            Self::Other => "Something else",
        }
    }
}

/// What is wrong with one field of an invitation, with the number that was measured.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum ContentRefusal {
    /// The purpose is not in the list.
    #[error("Choose a purpose from the list.")]
    PurposeUnknown,
    /// The subject is too short.
    #[error("The subject needs at least {SUBJECT_MIN_CHARS} characters; this one has {chars}.")]
    SubjectTooShort {
        /// Measured length.
        chars: usize,
    },
    /// The subject is too long.
    #[error("The subject has at most {SUBJECT_MAX_CHARS} characters; this one has {chars}.")]
    SubjectTooLong {
        /// Measured length.
        chars: usize,
    },
    /// The message is too short.
    #[error("The message needs at least {MESSAGE_MIN_CHARS} characters; this one has {chars}.")]
    MessageTooShort {
        /// Measured length.
        chars: usize,
    },
    /// The message is too long.
    #[error("The message has at most {MESSAGE_MAX_CHARS} characters; this one has {chars}.")]
    MessageTooLong {
        /// Measured length.
        chars: usize,
    },
    /// Too many linked works.
    #[error("Link at most {LINKED_WORKS_MAX} works; these are {works}.")]
    TooManyWorks {
        /// How many different works were given.
        works: usize,
    },
}

impl ContentRefusal {
    /// The reason, as a sentence for people.
    pub fn sentence(&self) -> String {
        self.to_string()
    }

    /// The name of the field that it is about: `purpose`, `subject`, `message` or `works`.
    pub fn field(&self) -> &'static str {
        match self {
            Self::PurposeUnknown => "purpose",
            Self::SubjectTooShort { .. } | Self::SubjectTooLong { .. } => "subject",
            Self::MessageTooShort { .. } | Self::MessageTooLong { .. } => "message",
            Self::TooManyWorks { .. } => "works",
        }
    }
}

/// The content of an invitation, every rule kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Content {
    purpose: Purpose,
    subject: String,
    message: String,
    works: Vec<WorkId>,
}

impl Content {
    /// Parses the fields of the form.
    ///
    /// Lengths count Unicode scalar values after trimming. The subject becomes one line (it goes into mail headers); line ends
    /// of the message become `\n`, as browsers send `\r\n` for one; other control characters go. A work linked twice
    /// counts once.
    ///
    /// # Errors
    /// Every refusal that applies, in the order of the fields, so that a form can show them all at once.
    pub fn parse(
        purpose: &str,
        subject: &str,
        message: &str,
        works: &[WorkId],
    ) -> Result<Self, Vec<ContentRefusal>> {
        let mut refusals = Vec::new();

        let purpose = Purpose::parse(purpose.trim());
        if purpose.is_none() {
            refusals.push(ContentRefusal::PurposeUnknown);
        }

        let subject = one_line(subject);
        match subject.chars().count() {
            chars @ 0..SUBJECT_MIN_CHARS => {
                refusals.push(ContentRefusal::SubjectTooShort { chars });
            }
            SUBJECT_MIN_CHARS..=SUBJECT_MAX_CHARS => {}
            chars => refusals.push(ContentRefusal::SubjectTooLong { chars }),
        }

        let message = lines(message);
        match message.chars().count() {
            chars @ 0..MESSAGE_MIN_CHARS => {
                refusals.push(ContentRefusal::MessageTooShort { chars });
            }
            MESSAGE_MIN_CHARS..=MESSAGE_MAX_CHARS => {}
            chars => refusals.push(ContentRefusal::MessageTooLong { chars }),
        }

        let mut linked: Vec<WorkId> = Vec::new();
        for work in works {
            if !linked.contains(work) {
                linked.push(*work);
            }
        }
        if linked.len() > LINKED_WORKS_MAX {
            let works = linked.len();
            refusals.push(ContentRefusal::TooManyWorks { works });
        }

        match purpose {
            Some(purpose) if refusals.is_empty() => Ok(Self {
                purpose,
                subject,
                message,
                works: linked,
            }),
            _ => Err(refusals),
        }
    }

    /// What the sender has in mind.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// One line of 4 to 120 characters.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// 80 to 2,000 characters, lines ended by `\n`.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// At most three works, in the order given.
    pub fn works(&self) -> &[WorkId] {
        &self.works
    }
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn lines(text: &str) -> String {
    let text: String = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subject(subject: &str) -> Result<Content, Vec<ContentRefusal>> {
        Content::parse("review", subject, &"m".repeat(100), &[])
    }

    fn message(message: &str) -> Result<Content, Vec<ContentRefusal>> {
        Content::parse("review", "A subject", message, &[])
    }

    #[test]
    fn lengths_are_counted_in_characters_after_trimming() {
        for letter in ["m", "é", "張", "🙂"] {
            assert!(message(&letter.repeat(80)).is_ok());
            assert!(message(&letter.repeat(2_000)).is_ok());
            assert!(subject(&letter.repeat(4)).is_ok());
            assert!(subject(&letter.repeat(120)).is_ok());
            assert_eq!(
                message(&format!("  {}\n ", letter.repeat(79))),
                Err(vec![ContentRefusal::MessageTooShort { chars: 79 }])
            );
            assert_eq!(
                message(&letter.repeat(2_001)),
                Err(vec![ContentRefusal::MessageTooLong { chars: 2_001 }])
            );
            assert_eq!(
                subject(&format!(" {} ", letter.repeat(3))),
                Err(vec![ContentRefusal::SubjectTooShort { chars: 3 }])
            );
            assert_eq!(
                subject(&letter.repeat(121)),
                Err(vec![ContentRefusal::SubjectTooLong { chars: 121 }])
            );
        }
    }

    #[test]
    fn a_line_end_counts_once_however_the_browser_sends_it() {
        let long = format!("{}\r\n{}", "m".repeat(1_000), "m".repeat(999));
        let content = message(&long).unwrap();
        assert_eq!(content.message().chars().count(), 2_000);
        assert!(!content.message().contains('\r'));
    }

    #[test]
    fn a_subject_is_one_line_and_control_characters_go() {
        let content = subject("Hello\r\nBcc: eve@example.org\u{0}").unwrap();
        assert_eq!(content.subject(), "Hello Bcc: eve@example.org");
        let content = message(&format!("{}\u{0}\u{7}\tend", "m".repeat(80))).unwrap();
        assert!(content.message().ends_with("m\tend"));
    }

    #[test]
    fn three_different_works_may_be_linked() {
        let link = |ids: &[i64]| {
            let works: Vec<WorkId> = ids.iter().copied().map(WorkId).collect();
            Content::parse("grant", "A subject", &"m".repeat(80), &works)
        };
        let content = link(&[3, 1, 3, 2, 1]).unwrap();
        assert_eq!(content.works(), [WorkId(3), WorkId(1), WorkId(2)]);
        assert_eq!(
            link(&[1, 2, 3, 4]),
            Err(vec![ContentRefusal::TooManyWorks { works: 4 }])
        );
    }

    #[test]
    fn all_faults_are_told_at_once_each_with_its_field() {
        let works: Vec<WorkId> = (1..=5).map(WorkId).collect();
        let refusals = Content::parse("bribe", "", "short", &works).unwrap_err();
        let fields: Vec<&str> = refusals.iter().map(ContentRefusal::field).collect();
        assert_eq!(fields, ["purpose", "subject", "message", "works"]);
        assert_eq!(
            refusals[2].to_string(),
            "The message needs at least 80 characters; this one has 5."
        );
    }

    #[test]
    fn a_purpose_survives_its_word() {
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::parse(purpose.as_str()), Some(purpose));
            assert!(!purpose.label().is_empty());
        }
        assert_eq!(Purpose::parse("Review"), None);
    }
}
