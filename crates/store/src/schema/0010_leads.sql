-- Who leads a pool: sees its figures on the lead's board. About staff, so in clear.
ALTER TABLE pool_member ADD COLUMN is_lead BOOLEAN NOT NULL DEFAULT FALSE;
