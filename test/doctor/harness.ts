import { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { SURROUNDINGS, type Surroundings } from "../../src/doctor/doctor.ts";
import type { Row } from "../../src/doctor/row.ts";
import type { SampleTenant, SampleTenantOptions } from "../../src/sample-tenant/options.ts";
import { startSampleTenant } from "../../src/sample-tenant/server.ts";
import { doctor } from "../../src/terminal/doctor.ts";
import type { Terminal } from "../../src/terminal/terminal.ts";
import { emptyDirectory } from "../support/data-directory.ts";

/** A sample tenant that is gone with the test; its quota never stands in the way. */
export async function tenantOf(options: SampleTenantOptions = {}): Promise<SampleTenant> {
  const tenant = await startSampleTenant({ people: 60, quota: 1_000, ...options });
  onTestFinished(() => tenant.close());
  return tenant;
}

/** Settings with which all is well: no bot, and a data directory without a store. */
export async function settingsOf(
  tenant: SampleTenant,
  more: Readonly<Record<string, string>> = {},
): Promise<Readonly<Record<string, string>>> {
  const data = await emptyDirectory();
  onTestFinished(() => data.remove());
  return {
    AZURE_TENANT_ID: tenant.tenantId,
    GRAPH_BASE_URL: tenant.url,
    GRAPH_ACCESS_TOKEN: tenant.token("app"),
    DATA_DIR: data.path,
    PORT: "0",
    ...more,
  };
}

interface Heard {
  readonly terminal: Terminal;
  readonly printed: string[];
  readonly told: string[];
}

export function listener(environment: Readonly<Record<string, string>>, width = 80): Heard {
  const [printed, told]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    environment,
    print: (text) => void printed.push(text),
    write: async () => undefined,
    tell: (text) => void told.push(text),
    input: Readable.from([]),
    ...{ width, locale: "en-GB", timeZone: "UTC" },
  };
  return { terminal, printed, told };
}

/** A row as `--json` prints it. */
type Told = { readonly [Key in keyof Row]-?: Row[Key] | null };

export interface Diagnosed {
  readonly code: number;
  readonly text: string;
  readonly rows: readonly Told[];
  /** The row of this id; one without the other keys where there is none. */
  readonly row: (id: string) => Partial<Told>;
}

/** What `doctor --json` finds with these settings. */
export async function diagnosed(
  environment: Readonly<Record<string, string>>,
  around: Partial<Surroundings> = {},
): Promise<Diagnosed> {
  const { terminal, printed, told } = listener(environment);
  const code = await doctor(terminal, true, { ...SURROUNDINGS, ...around });
  const text = [...printed, ...told].join("\n");
  const { rows } = JSON.parse(text) as { readonly rows: readonly Told[] };
  return { code, text, rows, row: (id) => rows.find((one) => one.id === id) ?? { id } };
}
