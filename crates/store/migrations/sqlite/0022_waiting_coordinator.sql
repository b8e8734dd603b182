-- A coordinator whom another one has named has no rights for a day, or until somebody else has agreed.
-- The text for the other database is the same but for the collation.

alter table membership add column waits_until bigint;
-- Whoever asked cannot be the one who agrees.
alter table membership add column asked_by text;
