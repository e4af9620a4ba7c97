ALTER TABLE proposals DROP COLUMN decided_worth;
