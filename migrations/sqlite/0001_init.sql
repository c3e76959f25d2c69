-- The first schema: the public record, accounts, and what accounts do with the record.
-- Times are epoch milliseconds (UTC). The two folders beside this file differ only in how a
-- row id is made and in the byte order (COLLATE "C") of folded text, which SQLite has by itself; a test compares the resulting schemas.

-- ---------------------------------------------------------------- the record

CREATE TABLE authors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    -- folded name, see domain::names::name_key
    name_key TEXT NOT NULL,
    slug TEXT NOT NULL,
    works_count BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
CREATE INDEX authors_by_name_key ON authors (name_key);
CREATE INDEX authors_by_works ON authors (works_count, id);

CREATE TABLE author_names (
    author_id BIGINT NOT NULL REFERENCES authors (id),
    name TEXT NOT NULL,
    PRIMARY KEY (author_id, name)
);

-- One row per folded word of any of an author's names: what a name search looks up by prefix.
CREATE TABLE author_name_tokens (
    token TEXT NOT NULL,
    author_id BIGINT NOT NULL REFERENCES authors (id),
    PRIMARY KEY (token, author_id)
);
CREATE INDEX author_name_tokens_by_author ON author_name_tokens (author_id);

CREATE TABLE author_identifiers (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    author_id BIGINT NOT NULL REFERENCES authors (id),
    source TEXT NOT NULL,
    PRIMARY KEY (scheme, value)
);
CREATE INDEX author_identifiers_by_author ON author_identifiers (author_id);

CREATE TABLE institutions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    ror TEXT UNIQUE,
    country TEXT,
    created_at BIGINT NOT NULL
);

CREATE TABLE institution_domains (
    domain TEXT NOT NULL,
    institution_id BIGINT NOT NULL REFERENCES institutions (id),
    PRIMARY KEY (domain, institution_id)
);

CREATE TABLE author_institutions (
    author_id BIGINT NOT NULL REFERENCES authors (id),
    institution_id BIGINT NOT NULL REFERENCES institutions (id),
    from_year BIGINT,
    to_year BIGINT,
    source TEXT NOT NULL,
    PRIMARY KEY (author_id, institution_id)
);
CREATE INDEX author_institutions_by_institution ON author_institutions (institution_id, author_id);

CREATE TABLE works (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    -- as the source gave it, LaTeX and all
    title_source TEXT NOT NULL,
    -- readable text, for slugs, search and page titles
    title TEXT NOT NULL,
    -- sanitised HTML with MathML
    title_html TEXT NOT NULL,
    -- folded title, for sorting and filtering
    title_key TEXT NOT NULL,
    slug TEXT NOT NULL,
    year BIGINT,
    published_on TEXT,
    venue TEXT,
    abstract_source TEXT,
    abstract_html TEXT,
    url TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE work_identifiers (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    work_id BIGINT NOT NULL REFERENCES works (id),
    PRIMARY KEY (scheme, value)
);
CREATE INDEX work_identifiers_by_work ON work_identifiers (work_id);

-- Which record of which source a work was read from; the digest tells whether it changed.
CREATE TABLE work_records (
    source TEXT NOT NULL,
    record_key TEXT NOT NULL,
    work_id BIGINT NOT NULL REFERENCES works (id),
    digest TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (source, record_key)
);
CREATE INDEX work_records_by_work ON work_records (work_id);

CREATE TABLE authorships (
    work_id BIGINT NOT NULL REFERENCES works (id),
    -- from 1, in the order of the work
    position BIGINT NOT NULL,
    author_id BIGINT NOT NULL REFERENCES authors (id),
    name_printed TEXT NOT NULL,
    affiliation_printed TEXT,
    source TEXT NOT NULL,
    -- 0 to 1: how sure we are that this author is meant
    confidence DOUBLE PRECISION NOT NULL,
    -- what the author has since said: confirmed, not_mine, or nothing yet
    stance TEXT,
    PRIMARY KEY (work_id, position)
);
CREATE INDEX authorships_by_author ON authorships (author_id, work_id);

CREATE TABLE topics (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    UNIQUE (scheme, code)
);

CREATE TABLE work_topics (
    work_id BIGINT NOT NULL REFERENCES works (id),
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (work_id, topic_id)
);
CREATE INDEX work_topics_by_topic ON work_topics (topic_id, work_id);

-- ---------------------------------------------------------------- accounts

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- as typed, for mail
    email TEXT NOT NULL,
    -- lower-cased, for look-up
    email_key TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    email_verified_at BIGINT,
    moderator BOOLEAN NOT NULL,
    accepts_invitations BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

-- The cookie holds a random token; only its SHA-256 is kept here.
CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);

-- Single-use links sent by mail: verify, reset, claim_email.
CREATE TABLE email_tokens (
    token_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    claim_id BIGINT,
    email TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX email_tokens_by_account ON email_tokens (account_id, purpose);

-- Fixed windows: how often a subject (account, address) did a thing since window_start.
CREATE TABLE rate_hits (
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    window_start BIGINT NOT NULL,
    hits BIGINT NOT NULL,
    PRIMARY KEY (scope, subject, window_start)
);

-- Mail waits here in the same transaction as what caused it; a job sends it.
CREATE TABLE mail_outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    next_attempt_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    sent_at BIGINT,
    last_error TEXT
);
CREATE INDEX mail_outbox_by_due ON mail_outbox (sent_at, next_attempt_at);

-- What happened, in order; payload is the JSON of domain::events::Event.
CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    actor_account_id BIGINT,
    payload TEXT NOT NULL
);

CREATE TABLE follows (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- author, topic or institution
    target_kind TEXT NOT NULL,
    target_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, target_kind, target_id)
);
CREATE INDEX follows_by_target ON follows (target_kind, target_id);

-- ---------------------------------------------------------------- claims

CREATE TABLE claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    author_id BIGINT NOT NULL REFERENCES authors (id),
    -- see domain::claim::State
    state TEXT NOT NULL,
    -- 2 to 4 once approved
    level BIGINT,
    -- see domain::verification::ProofKind
    proof_kind TEXT,
    -- the address or the note to the moderator
    proof_detail TEXT,
    reason TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- yearly re-check
    recheck_at BIGINT
);
CREATE INDEX claims_by_author ON claims (author_id, state);
CREATE INDEX claims_by_state ON claims (state, updated_at);
-- a person has at most one claim under way or in force per author
CREATE UNIQUE INDEX claims_one_open ON claims (account_id, author_id)
    WHERE state IN ('started', 'proving', 'pending_review', 'approved', 'contested', 'upheld');
-- an author is held by at most one claim
CREATE UNIQUE INDEX claims_one_holder ON claims (author_id)
    WHERE state IN ('approved', 'upheld');

CREATE TABLE claim_works (
    claim_id BIGINT NOT NULL REFERENCES claims (id),
    work_id BIGINT NOT NULL REFERENCES works (id),
    PRIMARY KEY (claim_id, work_id)
);

CREATE TABLE claim_log (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id BIGINT NOT NULL REFERENCES claims (id),
    at BIGINT NOT NULL,
    actor_account_id BIGINT,
    event TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT
);
CREATE INDEX claim_log_by_claim ON claim_log (claim_id);

-- ---------------------------------------------------------------- invitations

CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sender_id BIGINT NOT NULL REFERENCES accounts (id),
    recipient_id BIGINT NOT NULL REFERENCES accounts (id),
    -- the recipient's author record, where the invitation was written
    author_id BIGINT NOT NULL REFERENCES authors (id),
    -- the smaller and the larger of the two account ids
    pair_low BIGINT NOT NULL,
    pair_high BIGINT NOT NULL,
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    seen_at BIGINT,
    decided_at BIGINT,
    expires_at BIGINT NOT NULL
);
CREATE INDEX invitations_by_recipient ON invitations (recipient_id, sent_at);
CREATE INDEX invitations_by_sender ON invitations (sender_id, sent_at);
-- one open invitation per pair of people
CREATE UNIQUE INDEX invitations_one_open ON invitations (pair_low, pair_high)
    WHERE state IN ('sent', 'seen');

CREATE TABLE invitation_works (
    invitation_id BIGINT NOT NULL REFERENCES invitations (id),
    work_id BIGINT NOT NULL REFERENCES works (id),
    PRIMARY KEY (invitation_id, work_id)
);

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    invitation_id BIGINT NOT NULL UNIQUE REFERENCES invitations (id),
    account_low BIGINT NOT NULL REFERENCES accounts (id),
    account_high BIGINT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    last_message_at BIGINT NOT NULL,
    -- set when one of the two closed it or blocked the other: nobody writes any more
    closed_at BIGINT
);
CREATE INDEX conversations_by_low ON conversations (account_low, last_message_at);
CREATE INDEX conversations_by_high ON conversations (account_high, last_message_at);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id BIGINT NOT NULL REFERENCES conversations (id),
    sender_id BIGINT NOT NULL REFERENCES accounts (id),
    body TEXT NOT NULL,
    sent_at BIGINT NOT NULL
);
CREATE INDEX messages_by_conversation ON messages (conversation_id, id);

CREATE TABLE conversation_reads (
    conversation_id BIGINT NOT NULL REFERENCES conversations (id),
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    message_id BIGINT NOT NULL,
    PRIMARY KEY (conversation_id, account_id)
);

CREATE TABLE blocks (
    blocker_id BIGINT NOT NULL REFERENCES accounts (id),
    blocked_id BIGINT NOT NULL REFERENCES accounts (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (blocker_id, blocked_id)
);
CREATE INDEX blocks_by_blocked ON blocks (blocked_id);

-- What a person had typed into a form that was refused, so that it can be shown again. One row per
-- form and thing it is about; body is JSON.
CREATE TABLE drafts (
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- invitation (target: the author), message (target: the conversation)
    form TEXT NOT NULL,
    target_id BIGINT NOT NULL,
    body TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, form, target_id)
);

-- ---------------------------------------------------------------- moderation, notices

CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    author_id BIGINT NOT NULL REFERENCES authors (id),
    -- report: something about the record is wrong; objection: the person objects to the page
    kind TEXT NOT NULL,
    reporter_id BIGINT REFERENCES accounts (id),
    contact TEXT,
    body TEXT NOT NULL,
    -- open, upheld, dismissed
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by BIGINT REFERENCES accounts (id),
    reason TEXT
);
CREATE INDEX reports_by_author ON reports (author_id, state);
CREATE INDEX reports_by_state ON reports (state, created_at);

CREATE TABLE notifications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BIGINT NOT NULL REFERENCES accounts (id),
    body TEXT NOT NULL,
    href TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX notifications_by_account ON notifications (account_id, id);
