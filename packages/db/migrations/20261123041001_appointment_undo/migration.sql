-- What the last step changed, who took it and when: for a minute it can be taken back by that person. Ids, times and states only.
ALTER TABLE appointment ADD COLUMN undo jsonb;
