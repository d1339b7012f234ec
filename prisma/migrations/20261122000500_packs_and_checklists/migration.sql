-- What an entry did before it came here: its track record in the Errata it was exported from.
ALTER TABLE entry ADD COLUMN carried_record jsonb;

-- Starter packs that were applied, and what each of their entries said then: the base of a three-way update.
CREATE TABLE pack (
  name text PRIMARY KEY,
  version text NOT NULL,
  title text NOT NULL,
  licence text NOT NULL DEFAULT '',
  -- The file or address it came from.
  source text NOT NULL,
  applied_at timestamptz(3) NOT NULL DEFAULT now(),
  applied_by text NOT NULL
);

CREATE TABLE pack_entry (
  pack_name text NOT NULL REFERENCES pack (name) ON DELETE CASCADE ON UPDATE CASCADE,
  -- By which the pack itself tells its entries apart.
  key text NOT NULL,
  -- Null once the entry was deleted: an update does not bring it back.
  entry_id int REFERENCES entry (id) ON DELETE SET NULL,
  base jsonb NOT NULL,
  PRIMARY KEY (pack_name, key)
);
CREATE INDEX pack_entry_entry_idx ON pack_entry (entry_id);

-- A list of a guide section, ticked off for one issue.
CREATE TABLE issue_checklist (
  id uuid PRIMARY KEY,
  project_id int NOT NULL,
  issue_number int NOT NULL,
  -- Slug of the section it was taken from, which may be gone since.
  section text NOT NULL,
  title text NOT NULL,
  -- [{ text, group, done_at, done_by }]
  items jsonb NOT NULL,
  version int NOT NULL DEFAULT 1,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  completed_at timestamptz(3),
  FOREIGN KEY (project_id, issue_number) REFERENCES issue (project_id, number) ON DELETE CASCADE
);
CREATE INDEX issue_checklist_issue_idx ON issue_checklist (project_id, issue_number, created_at);
