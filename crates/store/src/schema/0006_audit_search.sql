-- The privacy officer searches the audit by member of staff and by day; emergencies are a list of their own.
CREATE INDEX audit_event_by_account ON audit_event (account_id, at, id) WHERE account_id IS NOT NULL;
CREATE INDEX audit_event_by_time ON audit_event (at, id);
CREATE INDEX audit_event_emergencies ON audit_event (at, id) WHERE action = 'break_glass';
