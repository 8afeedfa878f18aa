/** Steps of the schema for the history of tries, taken after those for counts of people. */
export const HISTORY_MIGRATIONS = [
  {
    name: "usage spans",
    statements: [
      `CREATE TABLE authpulse.usage_spans (
        tenant_id  text        NOT NULL,
        graph_host text        NOT NULL,
        from_at    timestamptz NOT NULL,
        to_at      timestamptz NOT NULL,
        read_at    timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, graph_host, from_at)
      )`,
      `INSERT INTO authpulse.usage_spans (tenant_id, graph_host, from_at, to_at, read_at)
        SELECT tenant_id, graph_host, from_at, to_at, read_at FROM authpulse.usage_coverage`,
      // It had one span for each source, so it forgot what was before a gap.
      "DROP TABLE authpulse.usage_coverage",
    ],
  },
  {
    name: "folded usage",
    statements: [
      `CREATE TABLE authpulse.usage_folds (
        tenant_id  text        NOT NULL,
        graph_host text        NOT NULL,
        folded_to  timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, graph_host)
      )`,
    ],
  },
];
