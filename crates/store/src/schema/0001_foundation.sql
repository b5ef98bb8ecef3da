-- One text for SQLite and PostgreSQL. Times are microseconds UTC, ids 16 bytes (UUIDv7), states words.
-- "sealed" columns hold envelopes under the patient's key, or the organisation's where patient_id is
-- the nil id or absent. Tables about patients lead with patient_id, so that they can be partitioned.

CREATE TABLE organisation (
    id BIGINT PRIMARY KEY,
    created_at BIGINT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    keys_copied_at BIGINT
);

CREATE TABLE data_key (
    patient_id BYTEA NOT NULL,
    key_no BIGINT NOT NULL,
    wrapped BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (patient_id, key_no)
) /* clustered */;

CREATE TABLE site (
    id BYTEA PRIMARY KEY,
    name TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    phone TEXT NOT NULL,
    go_live_at BIGINT
) /* clustered */;

CREATE TABLE pool (
    id BYTEA PRIMARY KEY,
    site_id BYTEA NOT NULL REFERENCES site (id),
    label_en TEXT NOT NULL,
    label_es TEXT NOT NULL,
    readers_en TEXT NOT NULL,
    readers_es TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    hours TEXT NOT NULL,
    holidays TEXT NOT NULL,
    answer_within_minutes BIGINT NOT NULL,
    is_default BOOLEAN NOT NULL,
    is_active BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
) /* clustered */;

CREATE TABLE topic (
    id BYTEA PRIMARY KEY,
    word TEXT NOT NULL UNIQUE,
    label_en TEXT NOT NULL,
    label_es TEXT NOT NULL,
    explanation_en TEXT NOT NULL,
    explanation_es TEXT NOT NULL,
    position BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL
) /* clustered */;

CREATE TABLE close_reason (
    id BYTEA PRIMARY KEY,
    word TEXT NOT NULL UNIQUE,
    label_en TEXT NOT NULL,
    label_es TEXT NOT NULL,
    position BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL
) /* clustered */;

-- A sign-in. sign_in is the blind token of the sign-in name; profile is sealed for the organisation.
CREATE TABLE account (
    id BYTEA PRIMARY KEY,
    sign_in BIGINT NOT NULL UNIQUE,
    profile BYTEA NOT NULL,
    password_hash TEXT,
    language TEXT NOT NULL,
    own_patient_id BYTEA,
    practitioner BIGINT,
    created_at BIGINT NOT NULL,
    password_changed_at BIGINT,
    deactivated_at BIGINT
) /* clustered */;

CREATE UNIQUE INDEX account_by_patient ON account (own_patient_id) WHERE own_patient_id IS NOT NULL;
CREATE INDEX account_by_practitioner ON account (practitioner) WHERE practitioner IS NOT NULL;

-- site_id is the nil id for a role at every site.
CREATE TABLE staff_role (
    account_id BYTEA NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    site_id BYTEA NOT NULL,
    specialty TEXT,
    from_at BIGINT NOT NULL,
    until_at BIGINT,
    PRIMARY KEY (account_id, role, site_id, from_at)
) /* clustered */;

CREATE TABLE pool_member (
    pool_id BYTEA NOT NULL REFERENCES pool (id),
    account_id BYTEA NOT NULL REFERENCES account (id),
    from_at BIGINT NOT NULL,
    until_at BIGINT,
    PRIMARY KEY (pool_id, account_id, from_at)
) /* clustered */;

CREATE INDEX pool_member_by_account ON pool_member (account_id);

CREATE TABLE session (
    token_hash BYTEA PRIMARY KEY,
    id BYTEA NOT NULL UNIQUE,
    account_id BYTEA NOT NULL REFERENCES account (id),
    door TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    revoked_at BIGINT
) /* clustered */;

CREATE INDEX session_by_account ON session (account_id, created_at);

-- Failures per blind token of a sign-in name or of an address.
CREATE TABLE sign_in_failure (
    token BIGINT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
) /* clustered */;

-- A single-use code: for a patient's chart, or (nil patient) for the first administrator.
CREATE TABLE activation (
    code_hash BYTEA PRIMARY KEY,
    patient_id BYTEA NOT NULL,
    account_id BYTEA,
    proof TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    used_at BIGINT
) /* clustered */;

CREATE INDEX activation_by_patient ON activation (patient_id);

-- A chart. card is the sealed summary that banners and lists show.
CREATE TABLE patient (
    patient_id BYTEA PRIMARY KEY,
    resource_id BYTEA NOT NULL,
    site_id BYTEA,
    card BYTEA NOT NULL,
    card_version BIGINT NOT NULL,
    is_deceased BOOLEAN NOT NULL,
    record_newest_at BIGINT,
    retain_until BIGINT,
    legal_hold BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
) /* clustered */;

-- Blind tokens by which staff find patients: name prefixes, birth date, record number, telephone.
CREATE TABLE patient_token (
    token BIGINT NOT NULL,
    patient_id BYTEA NOT NULL,
    PRIMARY KEY (token, patient_id)
) /* clustered */;

CREATE INDEX patient_token_by_patient ON patient_token (patient_id);

-- Two charts of one person; reads expand the set, nothing is moved.
CREATE TABLE patient_link (
    patient_id BYTEA NOT NULL,
    linked_patient_id BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (patient_id, linked_patient_id)
) /* clustered */;

CREATE TABLE empanelment (
    patient_id BYTEA NOT NULL,
    from_at BIGINT NOT NULL,
    pool_id BYTEA NOT NULL REFERENCES pool (id),
    practitioner BIGINT,
    until_at BIGINT,
    source TEXT NOT NULL,
    PRIMARY KEY (patient_id, from_at)
) /* clustered */;

CREATE INDEX empanelment_by_pool ON empanelment (pool_id, patient_id);

CREATE TABLE enrolment_event (
    patient_id BYTEA NOT NULL,
    step TEXT NOT NULL,
    at BIGINT NOT NULL,
    proof TEXT,
    PRIMARY KEY (patient_id, step)
) /* clustered */;

-- From the record, for access: who is in a care team, who was seen when by whom and where.
CREATE TABLE care_team_member (
    patient_id BYTEA NOT NULL,
    practitioner BIGINT NOT NULL,
    resource_id BYTEA NOT NULL,
    from_at BIGINT,
    until_at BIGINT,
    PRIMARY KEY (patient_id, practitioner, resource_id)
) /* clustered */;

CREATE TABLE encounter (
    patient_id BYTEA NOT NULL,
    resource_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    site_id BYTEA,
    practitioner BIGINT,
    PRIMARY KEY (patient_id, resource_id)
) /* clustered */;

CREATE INDEX encounter_by_time ON encounter (patient_id, at);

CREATE TABLE break_glass (
    patient_id BYTEA NOT NULL,
    account_id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    reason BYTEA NOT NULL,
    PRIMARY KEY (patient_id, account_id, at)
) /* clustered */;

-- The record: FHIR R4 JSON, whole, sealed. patient_id is the nil id outside the patient compartment.
CREATE TABLE resource (
    patient_id BYTEA NOT NULL,
    resource_id BYTEA NOT NULL,
    resource_type TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    clinical_at BIGINT NOT NULL,
    section TEXT NOT NULL,
    sensitivity TEXT NOT NULL,
    visibility TEXT NOT NULL,
    fingerprint BYTEA NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (patient_id, resource_id)
) /* clustered */;

CREATE INDEX resource_by_section ON resource (patient_id, section, clinical_at, resource_id);

CREATE TABLE resource_version (
    patient_id BYTEA NOT NULL,
    resource_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (patient_id, resource_id, version)
) /* clustered */;

-- Results that an account has opened; the others are shown to it as new.
CREATE TABLE resource_reader (
    patient_id BYTEA NOT NULL,
    account_id BYTEA NOT NULL,
    resource_id BYTEA NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (patient_id, account_id, resource_id)
) /* clustered */;

-- (source, type, foreign id) -> ours. A bare id finds its patient here. The foreign id is blind: some
-- sites' ids are record numbers.
CREATE TABLE resource_directory (
    resource_type TEXT NOT NULL,
    source TEXT NOT NULL,
    foreign_id BYTEA NOT NULL,
    patient_id BYTEA NOT NULL,
    resource_id BYTEA NOT NULL,
    PRIMARY KEY (resource_type, foreign_id, source)
) /* clustered */;

-- Blind tokens of identifiers, by which conditional references resolve.
CREATE TABLE resource_token (
    token BIGINT NOT NULL,
    patient_id BYTEA NOT NULL,
    resource_id BYTEA NOT NULL,
    PRIMARY KEY (token, patient_id, resource_id)
) /* clustered */;

CREATE TABLE thread (
    patient_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    pool_id BYTEA NOT NULL REFERENCES pool (id),
    site_id BYTEA NOT NULL,
    topic_id BYTEA NOT NULL REFERENCES topic (id),
    owner_id BYTEA,
    state TEXT NOT NULL,
    subject BYTEA NOT NULL,
    language TEXT NOT NULL,
    begun_by TEXT NOT NULL,
    last_seq BIGINT NOT NULL,
    last_team_seq BIGINT NOT NULL,
    last_turn_seq BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_message_at BIGINT NOT NULL,
    needs_answer BOOLEAN NOT NULL,
    waiting_since BIGINT,
    due_at BIGINT,
    opened_at BIGINT,
    opened_by BYTEA,
    opened_role TEXT,
    close_reason_id BYTEA,
    closed_at BIGINT,
    closed_by BYTEA,
    continues_id BYTEA,
    about_resource_id BYTEA,
    about_version BIGINT,
    about_type TEXT,
    sensitivity TEXT NOT NULL,
    visibility TEXT NOT NULL,
    PRIMARY KEY (patient_id, id)
) /* clustered */;

CREATE INDEX thread_by_time ON thread (patient_id, last_message_at, id);
CREATE INDEX thread_by_item ON thread (patient_id, about_resource_id) WHERE about_resource_id IS NOT NULL;

CREATE TABLE thread_directory (
    id BYTEA PRIMARY KEY,
    patient_id BYTEA NOT NULL
) /* clustered */;

-- Append-only. role, specialty, language and door are those of the moment of sending.
CREATE TABLE message (
    patient_id BYTEA NOT NULL,
    thread_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    author_id BYTEA NOT NULL,
    side TEXT NOT NULL,
    role TEXT,
    specialty TEXT,
    on_behalf_of BYTEA,
    language TEXT NOT NULL,
    door TEXT NOT NULL,
    sent_at BIGINT NOT NULL,
    first_seen_at BIGINT,
    client_key BYTEA,
    sensitivity TEXT NOT NULL,
    visibility TEXT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (patient_id, thread_id, seq)
) /* clustered */;

CREATE UNIQUE INDEX message_by_client_key ON message (author_id, client_key) WHERE client_key IS NOT NULL;
CREATE INDEX message_by_time ON message (patient_id, sent_at, id);

CREATE TABLE message_revision (
    patient_id BYTEA NOT NULL,
    message_id BYTEA NOT NULL,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL,
    at BIGINT NOT NULL,
    by_account_id BYTEA NOT NULL,
    first_seen_at BIGINT,
    reason BYTEA,
    PRIMARY KEY (patient_id, message_id, revision)
) /* clustered */;

-- Message words for a team's search: pool, blind word, newest first by time.
CREATE TABLE pool_word (
    pool_id BYTEA NOT NULL,
    token BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    patient_id BYTEA NOT NULL,
    thread_id BYTEA NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (pool_id, token, sent_at, thread_id, seq)
) /* clustered */;

-- on_behalf_of is the nil id when an account reads for itself.
CREATE TABLE thread_reader (
    patient_id BYTEA NOT NULL,
    thread_id BYTEA NOT NULL,
    account_id BYTEA NOT NULL,
    on_behalf_of BYTEA NOT NULL,
    last_read_seq BIGINT NOT NULL,
    read_at BIGINT NOT NULL,
    PRIMARY KEY (patient_id, thread_id, account_id, on_behalf_of)
) /* clustered */;

-- One row per thread, as the team's lists show it; rank_at orders a view.
CREATE TABLE inbox (
    pool_id BYTEA NOT NULL,
    thread_id BYTEA NOT NULL,
    patient_id BYTEA NOT NULL,
    site_id BYTEA NOT NULL,
    owner_id BYTEA,
    state TEXT NOT NULL,
    rank_at BIGINT NOT NULL,
    due_at BIGINT,
    waiting_since BIGINT,
    last_message_at BIGINT NOT NULL,
    last_seq BIGINT NOT NULL,
    needs_answer BOOLEAN NOT NULL,
    topic_id BYTEA NOT NULL,
    language TEXT NOT NULL,
    card BYTEA NOT NULL,
    card_version BIGINT NOT NULL,
    PRIMARY KEY (pool_id, thread_id)
) /* clustered */;

CREATE INDEX inbox_by_rank ON inbox (pool_id, state, rank_at, thread_id);
CREATE INDEX inbox_by_owner ON inbox (pool_id, owner_id, state, rank_at, thread_id);
CREATE INDEX inbox_by_due ON inbox (pool_id, due_at, thread_id) WHERE due_at IS NOT NULL;
CREATE INDEX inbox_by_patient ON inbox (patient_id, pool_id);

-- owner_id is the nil id for threads without an owner.
CREATE TABLE inbox_count (
    pool_id BYTEA NOT NULL,
    state TEXT NOT NULL,
    owner_id BYTEA NOT NULL,
    threads BIGINT NOT NULL,
    PRIMARY KEY (pool_id, state, owner_id)
) /* clustered */;

-- slot is the thread replied to, the chart item asked about, or the nil id for a new thread.
CREATE TABLE draft (
    account_id BYTEA NOT NULL,
    patient_id BYTEA NOT NULL,
    slot BYTEA NOT NULL,
    id BYTEA NOT NULL,
    content BYTEA NOT NULL,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    expires_at BIGINT,
    PRIMARY KEY (account_id, patient_id, slot)
) /* clustered */;

CREATE TABLE outbox (
    id BYTEA PRIMARY KEY,
    notice TEXT NOT NULL,
    patient_id BYTEA NOT NULL,
    account_id BYTEA,
    thread_id BYTEA,
    created_at BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    claimed_until BIGINT,
    last_error TEXT
) /* clustered */;

CREATE INDEX outbox_to_do ON outbox (state, not_before, id);

-- Unchained when written; the sealer gives chain_seq and mac.
CREATE TABLE audit_event (
    patient_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    account_id BYTEA,
    role TEXT,
    door TEXT NOT NULL,
    purpose TEXT NOT NULL,
    action TEXT NOT NULL,
    outcome TEXT NOT NULL,
    object TEXT,
    object_id BYTEA,
    request_id BYTEA NOT NULL,
    repeats BIGINT NOT NULL,
    detail BYTEA,
    chain_seq BIGINT,
    mac BYTEA,
    PRIMARY KEY (patient_id, id)
) /* clustered */;

CREATE INDEX audit_event_unsealed ON audit_event (id) WHERE chain_seq IS NULL;
CREATE UNIQUE INDEX audit_event_chain ON audit_event (patient_id, chain_seq) WHERE chain_seq IS NOT NULL;

CREATE TABLE audit_chain (
    patient_id BYTEA PRIMARY KEY,
    length BIGINT NOT NULL,
    head BYTEA NOT NULL
) /* clustered */;

-- The organisation's chain: one row per sealed batch, covering the heads of the chains it moved.
CREATE TABLE audit_batch (
    no BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    events BIGINT NOT NULL,
    chains BIGINT NOT NULL,
    heads_hash BYTEA NOT NULL,
    mac BYTEA NOT NULL
);

CREATE TABLE audit_batch_head (
    batch_no BIGINT NOT NULL,
    patient_id BYTEA NOT NULL,
    length BIGINT NOT NULL,
    head BYTEA NOT NULL,
    PRIMARY KEY (batch_no, patient_id)
) /* clustered */;

CREATE INDEX audit_batch_head_by_patient ON audit_batch_head (patient_id, batch_no);

-- A task that one node at a time may do; fencing grows with each holder.
CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder BYTEA NOT NULL,
    fencing BIGINT NOT NULL,
    until_at BIGINT NOT NULL
);

-- Where an import stands: a file that was read to this line need not be read again.
CREATE TABLE import_progress (
    file_hash BYTEA PRIMARY KEY,
    lines_done BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
