/** Steps of the schema for Graph's quota, which replicas share. */
export const QUOTA_MIGRATIONS = [
  {
    name: "graph quota",
    statements: [
      `CREATE TABLE authpulse.graph_quota (
        tenant_id  text  NOT NULL,
        graph_host text  NOT NULL,
        record     jsonb NOT NULL,
        PRIMARY KEY (tenant_id, graph_host)
      )`,
    ],
  },
];
