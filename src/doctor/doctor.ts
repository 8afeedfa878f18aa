import type { Environment } from "../config/settings.ts";
import { type Config, loadConfig } from "../config.ts";
import { graphScopeOf } from "../graph/clouds.ts";
import { createCredential } from "../graph/credential.ts";
import { createGraphClient } from "../graph/graph-client.ts";
import { createQuota } from "../graph/quota.ts";
import type { Outside } from "../kernel/outside.ts";
import { asAppError } from "../kernel/problem.ts";
import type { Words } from "../reference/words/words.ts";
import { MANIFEST_FOLDER } from "../teams-app/package.ts";
import { type PackagingTools, packagingTools } from "../teams-app/tools.ts";
import { accessRow, groupsOf } from "./access-check.ts";
import { botCheck } from "./bot-check.ts";
import { type Check, outcomeOfFault, rowOf } from "./check.ts";
import { endpointCheck } from "./endpoint-check.ts";
import { accessGroupChecks, directoryChecks, excludedGroupChecks, reportChecks } from "./graph-checks.ts";
import { problem, type Row, skipped } from "./row.ts";
import { freeBytesOf, storeCheck } from "./store-check.ts";
import { teamsAppRows } from "./teams-app-check.ts";
import { checkToken } from "./token-check.ts";

/** What a test puts in the place of the product's own files, libraries and services. */
export interface Surroundings {
  readonly credential: typeof createCredential;
  readonly folder: URL;
  readonly tools: () => Promise<PackagingTools | undefined>;
  readonly freeBytes: (folder: string) => Promise<number>;
  /** Milliseconds that a check may take. */
  readonly deadline: number;
}

export const SURROUNDINGS: Surroundings = {
  credential: createCredential,
  folder: MANIFEST_FOLDER,
  tools: packagingTools,
  freeBytes: freeBytesOf,
  deadline: 30_000,
};

/** Looks wait for less than a bot does: whoever runs them sits in front of it. Milliseconds. */
const PATIENCE = { graphDeadline: 10_000, retryCap: 5_000 };

const AFTER_SETTINGS = [
  "token",
  "report.usage",
  "report.people",
  "report.passwords",
  "report.sign-ins",
  "directory.members",
  "directory.users",
  "licence",
  "access",
  "store",
  "bot-token",
  "endpoint",
  "teams-app",
];

export interface Diagnosis {
  /** In the order in which one depends on the other. */
  readonly rows: readonly Row[];
  readonly settingsAreWrong: boolean;
}

/**
 * Looks at everything that an installation needs, by asking for it. Independent checks run side by side, one that fails
 * stops no other, and what rests on one that failed says so. Reads only; never rejects for what it looks at.
 */
export async function diagnose(
  environment: Environment,
  outside: Outside,
  words: Words,
  surroundings: Surroundings,
): Promise<Diagnosis> {
  const loaded = loadConfig(environment, "terminal");
  if ("problems" in loaded) {
    const wrong = loaded.problems.map(
      ({ setting, problem: said, remedy }): Row => ({
        id: `settings.${setting}`,
        ...problem(`${setting}: ${said}`, remedy),
      }),
    );
    const rest = AFTER_SETTINGS.map((id) => ({ id, ...skipped(words.doctor.settings.first) }));
    return { rows: [...wrong, ...rest], settingsAreWrong: true };
  }
  const { config } = loaded;
  const { clock } = outside;
  const { credential, deadline, folder, freeBytes, tools } = surroundings;
  const row = (check: Check): Promise<Row> => rowOf(check, deadline, words);
  const [graph, store, bot, endpoint, app] = await Promise.all([
    graphRows(config, outside, words, surroundings),
    row(storeCheck({ config, clock, words, patience: deadline / 2, freeBytes })),
    row(botCheck({ config, credential, clock, deadline, words })),
    row(endpointCheck(config, words)),
    teamsAppRows({ environment, folder, tools, words }).catch((thrown: unknown): readonly Row[] => [
      { id: "teams-app", ...outcomeOfFault("manifest", asAppError(thrown), words) },
    ]),
  ]);
  const settings: Row = { id: "settings", state: "ok", what: words.doctor.settings.ok };
  return { rows: [settings, ...graph, store, bot, endpoint, ...app], settingsAreWrong: false };
}

async function graphRows(
  config: Config,
  outside: Outside,
  words: Words,
  { credential, deadline }: Surroundings,
): Promise<readonly Row[]> {
  const { clock, log, random } = outside;
  const { graph, access } = config;
  const timings = { ...outside.timings, ...PATIENCE };
  const client = createGraphClient({
    baseUrl: graph.baseUrl,
    credential: credential(graph.credential, graph.cloud, clock),
    credentialKind: graph.credential.kind,
    scope: graphScopeOf(graph.cloud),
    quota: createQuota({ timings, clock }),
    ...{ timings, clock, random, log },
  });
  const token = await checkToken(client, config, deadline, words);
  const parts = { client, clock, log, words };
  const reports = reportChecks(parts, graph.reports, token.kind ?? "unknown");
  const directory = directoryChecks(parts, access);
  const excluded = excludedGroupChecks(parts, graph.excludeGroups);
  const groups = accessGroupChecks(parts, groupsOf(access));
  const rowsOf = (checks: readonly Check[]): Promise<readonly Row[]> =>
    Promise.all(
      checks.map((check) =>
        token.kind === undefined
          ? { id: check.id, ...skipped(`${check.subject}: ${words.doctor.token.missing}`) }
          : rowOf(check, deadline, words),
      ),
    );
  const [reported, looked, left, named] = await Promise.all(
    [reports, directory, excluded, groups].map(rowsOf),
  );
  return [
    token.row,
    ...(reported ?? []),
    ...(looked ?? []),
    ...(left ?? []),
    licenceRow(reported ?? [], words),
    accessRow(access, words),
    ...(named ?? []),
  ];
}

/** The reports tell: they are refused without a licence, and one that answers has found it. */
function licenceRow(reports: readonly Row[], words: Words): Row {
  const { ok, refused, untold } = words.doctor.licence;
  const id = "licence";
  const refusal = reports.find(({ code }) => code === "GRAPH-LICENCE");
  if (refusal) {
    return { ...refusal, id, what: refused };
  }
  return reports.some(({ state }) => state === "ok")
    ? { id, state: "ok", what: ok }
    : { id, ...skipped(untold) };
}
