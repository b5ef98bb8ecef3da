-- Who reached which step of enrolment in a period.
CREATE INDEX enrolment_event_by_moment ON enrolment_event (step, at, patient_id);
