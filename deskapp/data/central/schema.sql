-- The tables of the central database of deskapp. Run by `deskapp central init`, inside one
-- transaction, as a role that may create roles; who may do what stands in access.sql.
-- Source: design sheet of sync, section 5.
--
-- A business row is kept as one JSON document with the field-wise history that merging needs; the
-- fields are held to the shapes of the desk's own models before they come here. Every key leads with
-- what distributed engines split by: the site, the desk or the stream.

CREATE TABLE sync_central (
    one integer PRIMARY KEY DEFAULT 1 CHECK (one = 1),
    central_id text NOT NULL,
    protocol_min integer NOT NULL,
    protocol_max integer NOT NULL,
    schema_ver text NOT NULL,
    min_desk_schema text NOT NULL,
    paused boolean NOT NULL DEFAULT false,
    retry_after_s integer NOT NULL DEFAULT 0,
    max_batch_rows integer NOT NULL DEFAULT 10000,
    max_batch_bytes bigint NOT NULL DEFAULT 16000000,
    offline_limit_days integer NOT NULL DEFAULT 30
);

-- The row lock that orders everything: a feed number is taken only by who holds its stream.
CREATE TABLE sync_stream (
    stream text PRIMARY KEY,
    head bigint NOT NULL DEFAULT 0,
    mark text NOT NULL DEFAULT ''  -- the token at the head, so that most questions ask no further
);

-- The head of the audit chain of a site, locked with its streams.
CREATE TABLE sync_site (
    home_site text PRIMARY KEY,
    audit_n bigint NOT NULL DEFAULT 0,
    audit_hash bytea NOT NULL DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000'
);

CREATE TABLE sync_mark (
    stream text NOT NULL,
    seq bigint NOT NULL,
    token text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (stream, seq)
);

CREATE TABLE sync_member (
    db_role text NOT NULL,
    stream text NOT NULL,
    may_push boolean NOT NULL DEFAULT true,
    PRIMARY KEY (db_role, stream)
);

CREATE TABLE sync_desk (
    desk_id text PRIMARY KEY,
    site text NOT NULL,
    db_role text NOT NULL,
    public_key bytea NOT NULL,
    applied_seq bigint NOT NULL DEFAULT 0,
    applied_chain bytea NOT NULL DEFAULT '\x0000000000000000000000000000000000000000000000000000000000000000',
    last_seen_at timestamptz,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'blocked', 'lost', 'retired')),
    forked_from text
);
CREATE INDEX sync_desk_by_role ON sync_desk (db_role);

-- TEXT, not jsonb: what a desk sends must never make the whole batch fail.
CREATE TABLE sync_inbox (
    desk_id text NOT NULL,
    seq bigint NOT NULL,
    change_id text NOT NULL,
    txn text NOT NULL,
    hlc bigint NOT NULL,
    actor text NOT NULL,
    tbl text NOT NULL,
    row_id text NOT NULL,
    home_site text NOT NULL,
    op text NOT NULL,
    delta text NOT NULL,
    delta_hash bytea NOT NULL,
    base_rev bigint NOT NULL,
    schema_ver text NOT NULL,
    wall_ms bigint NOT NULL,
    chain bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    received_by text NOT NULL DEFAULT session_user,
    PRIMARY KEY (desk_id, seq),
    -- What is kept in an index must fit into it; no desk makes longer ones.
    CHECK (octet_length(change_id || txn || actor || tbl || row_id || home_site) <= 1000)
);

CREATE INDEX sync_inbox_by_row ON sync_inbox (home_site, tbl, row_id);

CREATE TABLE sync_batch (
    desk_id text NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    last_chain bytea NOT NULL,
    signature bytea NOT NULL,
    app_ver text NOT NULL,
    schema_ver text NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    received_by text NOT NULL DEFAULT session_user,
    PRIMARY KEY (desk_id, first_seq)
);
CREATE INDEX sync_batch_by_time ON sync_batch (received_at);

CREATE TABLE item (
    home_site text NOT NULL,
    tbl text NOT NULL,
    id text NOT NULL,
    rev bigint NOT NULL,
    whole boolean NOT NULL,  -- an edit may come before the row it edits, after a restore
    fields jsonb NOT NULL,
    meta jsonb NOT NULL,
    resource text,  -- what the row holds that others may want, such as a half hour
    PRIMARY KEY (home_site, tbl, id)
);
CREATE INDEX item_by_resource ON item (home_site, tbl, resource) WHERE resource IS NOT NULL;
-- Of an interpreter, whichever court has them.
CREATE INDEX item_by_resource_anywhere ON item (tbl, resource) WHERE resource IS NOT NULL;

-- Which row has a spoken reference, over all sites.
CREATE TABLE reference (
    tbl text NOT NULL,
    ref_key text NOT NULL,
    home_site text NOT NULL,
    row_id text NOT NULL,
    PRIMARY KEY (tbl, ref_key)
);
CREATE INDEX reference_by_row ON reference (home_site, tbl, row_id);

-- Rows that are gone for ever: what desks still send of them is dropped.
CREATE TABLE erased (
    home_site text NOT NULL,
    tbl text NOT NULL,
    id text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (home_site, tbl, id)
);

-- The newest state of each row that a stream's readers may see; a row changed ten times is sent once.
CREATE TABLE feed (
    stream text NOT NULL,
    tbl text NOT NULL,
    row_id text NOT NULL,
    seq bigint NOT NULL,
    op text NOT NULL,
    doc jsonb NOT NULL,
    PRIMARY KEY (stream, tbl, row_id),
    UNIQUE (stream, seq)
);

CREATE INDEX feed_by_row ON feed (row_id);

CREATE TABLE quarantine (
    desk_id text NOT NULL,
    seq bigint NOT NULL,
    home_site text NOT NULL,
    code text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    released_at timestamptz,
    PRIMARY KEY (desk_id, seq)
);

-- Written once; nobody may change or delete a row. What was replaced stands beside it, so that an
-- erasure can take it away; its hash stays in the chain.
CREATE TABLE audit (
    home_site text NOT NULL,
    n bigint NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    desk text NOT NULL,
    change_id text NOT NULL,
    tbl text NOT NULL,
    row_id text NOT NULL,
    written text NOT NULL,
    outcome text NOT NULL,
    before_hash bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (home_site, n)
);
CREATE TABLE audit_before (
    home_site text NOT NULL,
    n bigint NOT NULL,
    tbl text NOT NULL,
    row_id text NOT NULL,
    before text NOT NULL,
    PRIMARY KEY (home_site, n)
);
CREATE INDEX audit_before_by_row ON audit_before (home_site, tbl, row_id);
CREATE INDEX audit_by_change ON audit (change_id);
