ALTER TABLE proposals ADD COLUMN decided_worth jsonb;
