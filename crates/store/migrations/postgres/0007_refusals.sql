-- PostgreSQL: reasons of refused rows in no language yet, so that every reader gets them in their own.

-- Whether the field's name is one of ours; older rows show it as it is.
alter table import_refusal add column own_field boolean not null default false;
-- The key of the sentence and its values as JSON; older rows have their English sentence only.
alter table import_refusal add column said text collate "C";
