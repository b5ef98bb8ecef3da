-- Runs of studies on the record. What was typed (the protocol), why it failed, its key and its report are sealed
-- for the organisation; who asked (an id), states, times and the protocol's hash are in clear.
CREATE TABLE study_run (
    id BYTEA PRIMARY KEY,
    asked_by_id BYTEA,
    asked_at BIGINT NOT NULL,
    protocol_hash TEXT NOT NULL,
    seed BIGINT,
    state TEXT NOT NULL,
    stage TEXT,
    people_read BIGINT NOT NULL,
    people BIGINT NOT NULL,
    program TEXT,
    data_at BIGINT,
    ended_at BIGINT,
    failure TEXT,
    version BIGINT NOT NULL,
    content BYTEA NOT NULL,
    run_key BYTEA
) /* clustered */;

CREATE INDEX study_run_by_state ON study_run (state, id);

-- The files of a done run, of published grade.
CREATE TABLE study_report (
    run_id BYTEA PRIMARY KEY REFERENCES study_run (id),
    files BYTEA NOT NULL
) /* clustered */;
