-- When the patient first wrote warning words since the last answer. Which words, is sealed: in the thread's
-- event lines and in the inbox card.
ALTER TABLE thread ADD COLUMN red_flag_at BIGINT;
ALTER TABLE inbox ADD COLUMN red_flag_at BIGINT;
