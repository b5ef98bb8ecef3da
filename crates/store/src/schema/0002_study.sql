-- What a study may know of each patient, under a key of its own, and what was published.

CREATE TABLE covariate (
    patient_id BYTEA PRIMARY KEY,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    content BYTEA NOT NULL
) /* clustered */;

-- Who wrote in a period, without reading what was written.
CREATE INDEX message_by_moment ON message (sent_at, side, kind, patient_id);

-- Figures of published grade, decided once per period and kept. They name nobody, so they are in clear.
CREATE TABLE published_table (
    board TEXT NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (board, from_at, until_at)
) /* clustered */;
