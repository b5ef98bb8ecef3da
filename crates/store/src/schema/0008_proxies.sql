-- Who may act for a patient, from when until when. What the proxy is to the patient is sealed. recorded_by and
-- ended_by are the nil id for the operator.
CREATE TABLE proxy_grant (
    patient_id BYTEA NOT NULL,
    account_id BYTEA NOT NULL,
    from_at BIGINT NOT NULL,
    until_at BIGINT,
    ended_at BIGINT,
    ended_by BYTEA,
    reads_record BOOLEAN NOT NULL,
    uses_messages BOOLEAN NOT NULL,
    basis TEXT NOT NULL,
    relation BYTEA NOT NULL,
    recorded_by BYTEA NOT NULL,
    recorded_at BIGINT NOT NULL,
    PRIMARY KEY (patient_id, account_id, from_at)
) /* clustered */;

CREATE INDEX proxy_grant_by_account ON proxy_grant (account_id, patient_id);
