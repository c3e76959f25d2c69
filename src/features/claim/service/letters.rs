//! The words of the mail about claims.

use crate::domain::ids::AuthorId;
use crate::domain::verification::Level;
use crate::paths;

/// Subject and plain-text body.
pub struct Letter {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
}

impl Letter {
    fn new(subject: String, body: String) -> Self {
        Self { subject, body }
    }
}

/// The whole address of an author's page.
pub fn author_link(base_url: &str, author: AuthorId, slug: &str) -> String {
    format!("{base_url}{}", paths::encode(&paths::author(author, slug)))
}

/// The link that proves an institution's address. It goes to that address, which may not be the account's own, so it
/// says which account asked.
pub fn proof_link(base_url: &str, account_name: &str, author_name: &str, token: &str) -> Letter {
    Letter::new(
        format!("Confirm your claim on {author_name}"),
        format!(
            "The BZPEER account of {account_name} claims the author record of {author_name} and named this address as \
             proof.\n\nIf that was you, log in to that account, open this link and press the button:\n\n\
             {base_url}{path}?token={token}\n\nThe link works once, for 24 hours. If it was not you, do nothing: without \
             the link the claim is not proved.\n",
            path = paths::VERIFY_CLAIM,
        ),
    )
}

/// The claim stands.
pub fn approved(author_name: &str, link: &str, level: Level) -> Letter {
    Letter::new(
        format!("Your claim on {author_name} is approved"),
        format!(
            "Your claim on the author record of {author_name} is approved at verification level {level}. The works you \
             selected now count as confirmed, and other researchers can invite you from the page:\n\n{link}\n"
        ),
    )
}

/// A moderator rejected it.
pub fn rejected(author_name: &str, link: &str, reason: &str) -> Letter {
    Letter::new(
        format!("Your claim on {author_name} was not approved"),
        format!(
            "A moderator did not approve your claim on the author record of {author_name}. The reason given:\n\n{reason}\n\n\
             You can claim again from the page, with another proof:\n\n{link}\n"
        ),
    )
}

/// A moderator ended a standing claim.
pub fn revoked(author_name: &str, link: &str, reason: &str) -> Letter {
    Letter::new(
        format!("Your claim on {author_name} was revoked"),
        format!(
            "A moderator revoked your claim on the author record of {author_name}. The reason given:\n\n{reason}\n\nThe \
             page is unclaimed again:\n\n{link}\n"
        ),
    )
}

/// To the owner: somebody else claims the author.
pub fn contested_holder(author_name: &str, link: &str) -> Letter {
    Letter::new(
        format!("A second claim on {author_name}"),
        format!(
            "Another account also claims the author record of {author_name}, which you have claimed. A moderator will \
             look at both claims and decide. Until then your claim stands, and new invitations on this author are \
             paused.\n\n{link}\n"
        ),
    )
}

/// To the second claimant.
pub fn contested_contender(author_name: &str, link: &str) -> Letter {
    Letter::new(
        format!("Your claim on {author_name} waits for a decision"),
        format!(
            "The author record of {author_name} is already claimed by another account. A moderator will look at both \
             claims and decide; you will be told.\n\n{link}\n"
        ),
    )
}

/// To the owner: the contest was decided for them.
pub fn upheld(author_name: &str, link: &str, reason: &str) -> Letter {
    Letter::new(
        format!("Your claim on {author_name} was upheld"),
        format!(
            "The contest on the author record of {author_name} is decided: your claim stands. The reason \
             given:\n\n{reason}\n\n{link}\n"
        ),
    )
}

/// To the owner: the contest was decided for the other side.
pub fn transferred(author_name: &str, link: &str, reason: &str) -> Letter {
    Letter::new(
        format!("The author record of {author_name} went to another account"),
        format!(
            "A moderator decided the contest on the author record of {author_name} for the other claim, so that yours has \
             ended. The reason given:\n\n{reason}\n\n{link}\n"
        ),
    )
}
