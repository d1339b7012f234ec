-- Where else an issue is worked on: tickets, pull requests, posts.
CREATE TABLE issue_link (
  id uuid PRIMARY KEY,
  project_id int NOT NULL,
  issue_number int NOT NULL,
  url text NOT NULL,
  label text NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  created_by text NOT NULL,
  FOREIGN KEY (project_id, issue_number) REFERENCES issue (project_id, number) ON DELETE CASCADE
);
CREATE UNIQUE INDEX issue_link_url_key ON issue_link (project_id, issue_number, url);
