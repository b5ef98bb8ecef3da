//! What must be so between tables, each as one statement that finds the rows where it is not.

/// A rule; its statement answers (patient, id, number) of each offending row, absent parts as null.
pub(super) struct Rule {
    pub table: &'static str,
    pub what: &'static str,
    pub sql: &'static str,
}

const fn rule(table: &'static str, what: &'static str, sql: &'static str) -> Rule {
    Rule { table, what, sql }
}

/// References between rows, where the schema has no foreign key.
pub(super) const REFERENCES: &[Rule] = &[
    rule(
        "data_key",
        "the patient has no key",
        "SELECT p.patient_id, p.patient_id, NULL FROM patient p
         WHERE NOT EXISTS (SELECT 1 FROM data_key k WHERE k.patient_id = p.patient_id)",
    ),
    rule(
        "patient",
        "its Patient resource is missing",
        "SELECT p.patient_id, p.resource_id, NULL FROM patient p
         WHERE NOT EXISTS (SELECT 1 FROM resource r
                           WHERE r.patient_id = p.patient_id AND r.resource_id = p.resource_id)",
    ),
    rule(
        "thread_directory",
        "the thread is not in the directory, or under another patient",
        "SELECT t.patient_id, t.id, NULL FROM thread t
         WHERE NOT EXISTS (SELECT 1 FROM thread_directory d WHERE d.id = t.id AND d.patient_id = t.patient_id)",
    ),
    rule(
        "thread",
        "the directory's thread is missing",
        "SELECT d.patient_id, d.id, NULL FROM thread_directory d
         WHERE NOT EXISTS (SELECT 1 FROM thread t WHERE t.patient_id = d.patient_id AND t.id = d.id)",
    ),
    rule(
        "thread",
        "the audit says that a message was sent in it, and it is missing",
        "SELECT DISTINCT a.patient_id, a.object_id, CAST(NULL AS BIGINT) FROM audit_event a
         WHERE a.action = 'send_message' AND a.outcome = 'done' AND a.object = 'thread'
           AND EXISTS (SELECT 1 FROM patient p WHERE p.patient_id = a.patient_id)
           AND NOT EXISTS (SELECT 1 FROM thread t WHERE t.patient_id = a.patient_id AND t.id = a.object_id)",
    ),
    rule(
        "thread",
        "its patient, pool or topic is missing",
        "SELECT t.patient_id, t.id, NULL FROM thread t
         WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.patient_id = t.patient_id)
            OR NOT EXISTS (SELECT 1 FROM pool p WHERE p.id = t.pool_id)
            OR NOT EXISTS (SELECT 1 FROM topic o WHERE o.id = t.topic_id)",
    ),
    rule(
        "thread",
        "its owner has no account",
        "SELECT t.patient_id, t.id, NULL FROM thread t
         WHERE t.owner_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = t.owner_id)",
    ),
    rule(
        "thread",
        "the chart item that it is about is missing",
        "SELECT t.patient_id, t.id, NULL FROM thread t
         WHERE t.about_resource_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM resource r
                           WHERE r.patient_id = t.patient_id AND r.resource_id = t.about_resource_id)",
    ),
    rule(
        "message",
        "its thread is missing",
        "SELECT m.patient_id, m.thread_id, m.seq FROM message m
         WHERE NOT EXISTS (SELECT 1 FROM thread t WHERE t.patient_id = m.patient_id AND t.id = m.thread_id)",
    ),
    rule(
        "message",
        "it was taken back, and the row that says why is missing",
        "SELECT m.patient_id, m.thread_id, m.seq FROM message m
         WHERE m.state IN ('withdrawn', 'retracted')
           AND NOT EXISTS (SELECT 1 FROM message_revision r
                           WHERE r.patient_id = m.patient_id AND r.message_id = m.id AND r.state = m.state)",
    ),
    rule(
        "inbox",
        "the thread is in no inbox",
        "SELECT t.patient_id, t.id, NULL FROM thread t
         WHERE NOT EXISTS (SELECT 1 FROM inbox i WHERE i.pool_id = t.pool_id AND i.thread_id = t.id)",
    ),
    rule(
        "inbox",
        "it is not as its thread is (state, owner, numbers or times)",
        "SELECT i.patient_id, i.thread_id, NULL FROM inbox i
         WHERE NOT EXISTS (
            SELECT 1 FROM thread t
            WHERE t.patient_id = i.patient_id AND t.id = i.thread_id AND t.pool_id = i.pool_id
              AND t.site_id = i.site_id AND t.state = i.state AND t.owner_id IS NOT DISTINCT FROM i.owner_id
              AND t.due_at IS NOT DISTINCT FROM i.due_at
              AND t.waiting_since IS NOT DISTINCT FROM i.waiting_since
              AND t.last_message_at = i.last_message_at AND t.last_seq = i.last_seq
              AND t.needs_answer = i.needs_answer AND t.topic_id = i.topic_id AND t.language = i.language
              AND t.red_flag_at IS NOT DISTINCT FROM i.red_flag_at)",
    ),
    rule(
        "thread_reader",
        "its thread is missing",
        "SELECT r.patient_id, r.thread_id, NULL FROM thread_reader r
         WHERE NOT EXISTS (SELECT 1 FROM thread t WHERE t.patient_id = r.patient_id AND t.id = r.thread_id)",
    ),
    rule(
        "pool_word",
        "its message is missing",
        "SELECT w.patient_id, w.thread_id, w.seq FROM pool_word w
         WHERE NOT EXISTS (SELECT 1 FROM message m
                           WHERE m.patient_id = w.patient_id AND m.thread_id = w.thread_id AND m.seq = w.seq)",
    ),
    rule(
        "resource_version",
        "its resource is missing",
        "SELECT v.patient_id, v.resource_id, v.version FROM resource_version v
         WHERE NOT EXISTS (SELECT 1 FROM resource r
                           WHERE r.patient_id = v.patient_id AND r.resource_id = v.resource_id
                             AND r.version > v.version)",
    ),
    // Versions count from 1, so that an older one that was taken out shows.
    rule(
        "resource_version",
        "older versions of the resource are missing",
        "SELECT r.patient_id, r.resource_id, r.version FROM resource r
         WHERE r.version > 1
           AND r.version <> 1 + (SELECT COUNT(*) FROM resource_version v
                                 WHERE v.patient_id = r.patient_id AND v.resource_id = r.resource_id)",
    ),
    rule(
        "resource_directory",
        "it names a patient without a key",
        "SELECT d.patient_id, d.resource_id, NULL FROM resource_directory d
         WHERE d.resource_type <> 'Patient'
           AND NOT EXISTS (SELECT 1 FROM data_key k WHERE k.patient_id = d.patient_id)",
    ),
    rule(
        "resource_token",
        "its resource is missing",
        "SELECT k.patient_id, k.resource_id, NULL FROM resource_token k
         WHERE NOT EXISTS (SELECT 1 FROM resource r
                           WHERE r.patient_id = k.patient_id AND r.resource_id = k.resource_id)",
    ),
    rule(
        "encounter",
        "its resource is missing",
        "SELECT e.patient_id, e.resource_id, NULL FROM encounter e
         WHERE NOT EXISTS (SELECT 1 FROM resource r
                           WHERE r.patient_id = e.patient_id AND r.resource_id = e.resource_id)",
    ),
    rule(
        "care_team_member",
        "its resource is missing",
        "SELECT c.patient_id, c.resource_id, NULL FROM care_team_member c
         WHERE NOT EXISTS (SELECT 1 FROM resource r
                           WHERE r.patient_id = c.patient_id AND r.resource_id = c.resource_id)",
    ),
    rule(
        "patient_token",
        "its patient is missing",
        "SELECT k.patient_id, NULL, NULL FROM patient_token k
         WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.patient_id = k.patient_id)",
    ),
    rule(
        "covariate",
        "there is none of a patient, or one of nobody",
        "SELECT c.patient_id, NULL, NULL FROM covariate c
         WHERE NOT EXISTS (SELECT 1 FROM data_key k WHERE k.patient_id = c.patient_id)
         UNION ALL
         SELECT p.patient_id, p.resource_id, NULL FROM patient p
         WHERE NOT EXISTS (SELECT 1 FROM covariate c WHERE c.patient_id = p.patient_id)",
    ),
    rule(
        "empanelment",
        "its patient is missing",
        "SELECT e.patient_id, e.pool_id, NULL FROM empanelment e
         WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.patient_id = e.patient_id)",
    ),
    rule(
        "draft",
        "its account or patient is missing",
        "SELECT d.patient_id, d.id, NULL FROM draft d
         WHERE NOT EXISTS (SELECT 1 FROM patient p WHERE p.patient_id = d.patient_id)
            OR NOT EXISTS (SELECT 1 FROM account a WHERE a.id = d.account_id)",
    ),
    rule(
        "account",
        "its own chart is missing",
        "SELECT a.own_patient_id, a.id, NULL FROM account a
         WHERE a.own_patient_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM patient p WHERE p.patient_id = a.own_patient_id)",
    ),
    rule(
        "session",
        "its account is missing",
        "SELECT NULL, s.id, NULL FROM session s
         WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = s.account_id)",
    ),
    rule(
        "staff_role",
        "its account is missing",
        "SELECT NULL, r.account_id, NULL FROM staff_role r
         WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = r.account_id)",
    ),
    rule(
        "pool_member",
        "its pool or account is missing",
        "SELECT NULL, m.account_id, NULL FROM pool_member m
         WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = m.account_id)
            OR NOT EXISTS (SELECT 1 FROM pool p WHERE p.id = m.pool_id)",
    ),
];
