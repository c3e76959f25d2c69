-- Records of every source, one work from many records, who is who, and corrections that last.

-- ---------------------------------------------------------------- works and their records

-- What a source gave stands in its record (work_records.content); a work holds what is shown.
ALTER TABLE works DROP COLUMN title_source;
ALTER TABLE works DROP COLUMN abstract_source;
-- first eight bytes of the SHA-256 of title_key: finds works of the same title
ALTER TABLE works ADD COLUMN title_hash BIGINT NOT NULL DEFAULT 0;
-- which source gave what, as JSON (field: source), where there is more than one record
ALTER TABLE works ADD COLUMN origins TEXT;
-- the list of authors stops before its end
ALTER TABLE works ADD COLUMN more_authors BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE works ADD COLUMN retracted BOOLEAN NOT NULL DEFAULT FALSE;
-- every source withdrew its record: the work keeps its address and is listed nowhere
ALTER TABLE works ADD COLUMN withdrawn_at BIGINT;
-- the work that this one turned out to be; its address leads there
ALTER TABLE works ADD COLUMN merged_into BIGINT;
CREATE INDEX works_by_title_hash ON works (title_hash);

-- the record as JSON of ingest::record::WorkRecord; nothing for records read before this was kept
ALTER TABLE work_records ADD COLUMN content TEXT;
-- faster by half, where the server was built with it
DO $$ BEGIN
    ALTER TABLE work_records ALTER COLUMN content SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN
    NULL;
END $$;
-- why it belongs to this work: first, identifier, title; and how sure that is, 0 to 1
ALTER TABLE work_records ADD COLUMN matched_by TEXT NOT NULL DEFAULT 'first';
ALTER TABLE work_records ADD COLUMN confidence DOUBLE PRECISION NOT NULL DEFAULT 1;
-- the source withdrew it
ALTER TABLE work_records ADD COLUMN withdrawn_at BIGINT;

-- An authorship may wait to be placed with an author.
CREATE TABLE authorships_new (
    work_id BIGINT NOT NULL,
    -- from 1, in the order of the work
    position BIGINT NOT NULL,
    -- nothing until it is placed
    author_id BIGINT,
    name_printed TEXT NOT NULL,
    -- the family name in it, where the source tells
    family_printed TEXT,
    -- other forms that the record gives, as a JSON list
    other_names TEXT,
    -- shown instead of name_printed, which is a former name
    name_shown TEXT,
    -- a collaboration, a committee, a company: not one person, so it is never placed
    collective BOOLEAN NOT NULL DEFAULT FALSE,
    affiliation_printed TEXT,
    -- of the person: scheme:value, separated by spaces
    identifiers TEXT,
    source TEXT NOT NULL,
    -- 0 to 1: how sure we are that this author is meant
    confidence DOUBLE PRECISION NOT NULL,
    -- what the author has since said: confirmed, hidden, or nothing yet
    stance TEXT,
    PRIMARY KEY (work_id, position)
);
INSERT INTO authorships_new (work_id, position, author_id, name_printed, affiliation_printed, source, confidence, stance)
    SELECT work_id, position, author_id, name_printed, affiliation_printed, source, confidence, stance FROM authorships;
DROP TABLE authorships;
ALTER TABLE authorships_new RENAME TO authorships;
CREATE INDEX authorships_by_author ON authorships (author_id, work_id);

-- Rows that imports write by the million and always together with what they refer to carry no foreign keys: checking each of them
-- cost a tenth of an import. A test looks for rows that refer to nothing.
ALTER TABLE work_identifiers DROP CONSTRAINT work_identifiers_work_id_fkey;
ALTER TABLE work_topics DROP CONSTRAINT work_topics_work_id_fkey;
ALTER TABLE work_topics DROP CONSTRAINT work_topics_topic_id_fkey;
ALTER TABLE author_name_tokens DROP CONSTRAINT author_name_tokens_author_id_fkey;
ALTER TABLE author_names DROP CONSTRAINT author_names_author_id_fkey;

-- Works whose authorships wait to be placed with an author: an import fills it, placing empties it.
CREATE TABLE unplaced_works (
    work_id BIGINT PRIMARY KEY,
    -- whether evidence_counts knows of it: of all but works that an import has just brought
    counted BOOLEAN NOT NULL DEFAULT TRUE
);

-- While authors are being assigned: the last author before. What was made later and got no authorship is left from an
-- interruption.
CREATE TABLE placing_marks (
    last_author BIGINT PRIMARY KEY
);

-- Authors that lost an authorship and whose row has to be made anew: placing empties it.
CREATE TABLE stale_authors (
    author_id BIGINT PRIMARY KEY
);

-- Organisations of an authorship, named by the source or matched from the affiliation as printed.
CREATE TABLE authorship_institutions (
    work_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    institution_id BIGINT NOT NULL,
    -- 1 where the source named it, else how sure the match is
    confidence DOUBLE PRECISION NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (work_id, position, institution_id)
);
CREATE INDEX authorship_institutions_by_institution ON authorship_institutions (institution_id, work_id);

-- ---------------------------------------------------------------- authors

-- the author that this one was joined with; the address leads there
ALTER TABLE authors ADD COLUMN merged_into BIGINT;
-- the page is not shown
ALTER TABLE authors ADD COLUMN hidden_at BIGINT;
-- the name was chosen by a person and stays whatever is imported
ALTER TABLE authors ADD COLUMN name_decided BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX authors_by_merged_into ON authors (merged_into);

-- The blocks of similar names in which an author is compared, see domain::identity.
CREATE TABLE author_blocks (
    block BIGINT NOT NULL,
    author_id BIGINT NOT NULL,
    PRIMARY KEY (block, author_id)
);
CREATE INDEX author_blocks_by_author ON author_blocks (author_id);

-- How often something that is evidence for who is who occurs, see domain::identity::Kind; and how often all of a kind.
CREATE TABLE evidence_counts (
    kind BIGINT NOT NULL,
    key BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE TABLE evidence_totals (
    kind BIGINT PRIMARY KEY,
    n BIGINT NOT NULL
);

-- A former name that its owner wants neither shown nor exported nor led to; it can still be searched for.
CREATE TABLE former_names (
    author_id BIGINT NOT NULL REFERENCES authors (id),
    name_key TEXT COLLATE "C" NOT NULL,
    correction_id BIGINT NOT NULL,
    PRIMARY KEY (author_id, name_key)
);

-- Two authors who may be one person: for a moderator to look at.
CREATE TABLE identity_reviews (
    author_low BIGINT NOT NULL REFERENCES authors (id),
    author_high BIGINT NOT NULL REFERENCES authors (id),
    -- 0 to 1: how likely it is that they are one
    probability DOUBLE PRECISION NOT NULL,
    -- open, merged, different
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    decided_at BIGINT,
    decided_by BIGINT REFERENCES accounts (id),
    PRIMARY KEY (author_low, author_high)
);
CREATE INDEX identity_reviews_by_state ON identity_reviews (state, probability);

-- Persons as registries know them; content is the JSON of ingest::record::PersonRecord.
CREATE TABLE person_records (
    source TEXT NOT NULL,
    record_key TEXT NOT NULL,
    digest TEXT NOT NULL,
    content TEXT NOT NULL,
    imported_at BIGINT NOT NULL,
    PRIMARY KEY (source, record_key)
);
-- Works that such a record lists, and the names by which it is known: for works that come later.
CREATE TABLE person_works (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    record_key TEXT NOT NULL,
    PRIMARY KEY (scheme, value, source, record_key)
);
CREATE TABLE person_names (
    source TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    record_key TEXT NOT NULL,
    PRIMARY KEY (source, name_key, record_key)
);

-- The person's identifiers in all registers, and the organisations that the record names.
CREATE TABLE person_identifiers (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    source TEXT NOT NULL,
    record_key TEXT NOT NULL,
    PRIMARY KEY (scheme, value, source, record_key)
);
CREATE TABLE person_institutions (
    source TEXT NOT NULL,
    record_key TEXT NOT NULL,
    institution_id BIGINT NOT NULL REFERENCES institutions (id),
    from_year BIGINT,
    to_year BIGINT,
    PRIMARY KEY (source, record_key, institution_id)
);

-- ---------------------------------------------------------------- topics and institutions

ALTER TABLE topics ADD COLUMN description TEXT;
-- the topic of the same scheme that it belongs to
ALTER TABLE topics ADD COLUMN broader_id BIGINT;
-- folded name, for sorting
ALTER TABLE topics ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX topics_by_broader ON topics (broader_id);
CREATE INDEX topics_by_name_key ON topics (name_key, id);

-- One row per folded word of a name, as author_name_tokens.
CREATE TABLE topic_name_tokens (
    token TEXT COLLATE "C" NOT NULL,
    topic_id BIGINT NOT NULL REFERENCES topics (id),
    PRIMARY KEY (token, topic_id)
);
CREATE INDEX topic_name_tokens_by_topic ON topic_name_tokens (topic_id);

ALTER TABLE institutions ADD COLUMN name_key TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE institutions ADD COLUMN city TEXT;
ALTER TABLE institutions ADD COLUMN url TEXT;
-- active, inactive, withdrawn
ALTER TABLE institutions ADD COLUMN status TEXT NOT NULL DEFAULT 'active';
-- the register that described it, and the digest of what it said; nothing where only works and persons name it
ALTER TABLE institutions ADD COLUMN source TEXT;
ALTER TABLE institutions ADD COLUMN digest TEXT;
CREATE INDEX institutions_by_name_key ON institutions (name_key);

CREATE TABLE institution_names (
    institution_id BIGINT NOT NULL REFERENCES institutions (id),
    name TEXT NOT NULL,
    name_key TEXT COLLATE "C" NOT NULL,
    -- language, two letters, where known
    lang TEXT,
    PRIMARY KEY (institution_id, name)
);
CREATE INDEX institution_names_by_key ON institution_names (name_key, institution_id);

CREATE TABLE institution_name_tokens (
    token TEXT COLLATE "C" NOT NULL,
    institution_id BIGINT NOT NULL REFERENCES institutions (id),
    PRIMARY KEY (token, institution_id)
);
CREATE INDEX institution_name_tokens_by_institution ON institution_name_tokens (institution_id);

CREATE TABLE institution_identifiers (
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    institution_id BIGINT NOT NULL REFERENCES institutions (id),
    PRIMARY KEY (scheme, value)
);
CREATE INDEX institution_identifiers_by_institution ON institution_identifiers (institution_id);

-- successor: what took its place; parent: what it is part of. By ROR id, since the other may be read later.
CREATE TABLE institution_links (
    institution_id BIGINT NOT NULL REFERENCES institutions (id),
    kind TEXT NOT NULL,
    ror TEXT NOT NULL,
    PRIMARY KEY (institution_id, kind, ror)
);
CREATE INDEX institution_links_by_ror ON institution_links (ror, kind);

-- ---------------------------------------------------------------- corrections

-- What people said about the record, over whatever is imported. Nothing is deleted: undoing sets undone_at.
CREATE TABLE corrections (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    -- merge, split, not_mine, mine, rename, hide
    kind TEXT NOT NULL,
    actor_account_id BIGINT NOT NULL REFERENCES accounts (id),
    -- the author it is about
    author_id BIGINT NOT NULL REFERENCES authors (id),
    -- merge: the one that was joined into it; split: the one that came out of it; mine: from whom the work came
    other_author_id BIGINT REFERENCES authors (id),
    work_id BIGINT REFERENCES works (id),
    reason TEXT NOT NULL,
    -- what undoing needs, as JSON of domain::correction::Detail
    detail TEXT NOT NULL,
    undone_at BIGINT,
    undone_by BIGINT REFERENCES accounts (id),
    undo_reason TEXT
);
CREATE INDEX corrections_by_author ON corrections (author_id, id);
CREATE INDEX corrections_by_other ON corrections (other_author_id, id);
CREATE INDEX corrections_by_time ON corrections (at, id);

-- What a correction says of single authorships. An authorship is named by its work and the folded name printed there,
-- so that it is found again in whatever list a later import brings; nth tells apart two of the same name on one work.
CREATE TABLE authorship_decisions (
    correction_id BIGINT NOT NULL REFERENCES corrections (id),
    work_id BIGINT NOT NULL REFERENCES works (id),
    name_key TEXT COLLATE "C" NOT NULL,
    nth BIGINT NOT NULL,
    -- is: this author wrote it; is_not: did not; hidden: did, and it is not shown on the page
    verdict TEXT NOT NULL,
    author_id BIGINT NOT NULL REFERENCES authors (id),
    PRIMARY KEY (correction_id, work_id, name_key, nth)
);
CREATE INDEX authorship_decisions_by_work ON authorship_decisions (work_id, name_key, nth);
CREATE INDEX authorship_decisions_by_author ON authorship_decisions (author_id);

-- ---------------------------------------------------------------- live sources

CREATE TABLE sync_state (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    -- where to go on; written in the transaction that stored what came before
    cursor TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_error TEXT,
    PRIMARY KEY (source, target)
);
