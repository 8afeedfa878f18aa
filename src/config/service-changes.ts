import { readFileSync } from "node:fs";
import { z } from "zod";
import { GRAPH_CLOUDS } from "../graph/clouds.ts";
import { BENT_FIGURES, SERVICE_CHANGE_IDS, type ServiceChange } from "../reference/service-changes.ts";
import type { SettingsReader } from "./settings.ts";

const changeSchema: z.ZodType<ServiceChange> = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,60}$/, "is not an id of small letters, digits and hyphens"),
    date: z.iso.date("is not a day like 2026-11-09"),
    announcedFirstFor: z.iso.date("is not a day like 2026-09-07").exactOptional(),
    message: z.string().min(1).max(40).exactOptional(),
    clouds: z.array(z.enum(GRAPH_CLOUDS)).min(1).exactOptional(),
    bends: z.array(z.enum(BENT_FIGURES)).min(1),
    text: z.string().trim().min(1).max(200).exactOptional(),
  })
  .refine(({ id, text }) => text !== undefined || isBuiltIn(id), {
    path: ["text"],
    message: "is missing: only the changes that AuthPulse knows have a text of their own",
  });

const fileSchema = z.array(changeSchema).max(100).refine(hasNoTwins, "has two entries with one id");

const REMEDY =
  'Write a JSON list of entries like {"id": "…", "date": "2026-11-09", "message": "MC…", "bends": ["usage"], "text": "…"}.';

/** Entries of `SERVICE_CHANGES_FILE`; none where the setting is not there. Each fault of the file is a problem. */
export function ownServiceChanges(settings: SettingsReader): readonly ServiceChange[] {
  const path = settings.text("SERVICE_CHANGES_FILE");
  if (path === undefined) {
    return [];
  }
  const report = (problem: string): readonly ServiceChange[] => {
    settings.report("SERVICE_CHANGES_FILE", problem, REMEDY);
    return [];
  };
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, "utf8"));
  } catch (thrown) {
    return report(
      thrown instanceof SyntaxError
        ? "The file is not JSON."
        : "The file cannot be read: check the path and that this process may read it.",
    );
  }
  const { success, data, error } = fileSchema.safeParse(written);
  return success ? data : report(error.issues.map(issueText).join(" "));
}

function issueText({ path, message }: z.core.$ZodIssue): string {
  const [index, ...within] = path;
  const where = typeof index === "number" ? `Entry ${index + 1}` : "The file";
  return `${[where, ...within].join(", ")}: ${message}.`;
}

function isBuiltIn(id: string): boolean {
  return (SERVICE_CHANGE_IDS as readonly string[]).includes(id);
}

function hasNoTwins(changes: readonly ServiceChange[]): boolean {
  return new Set(changes.map(({ id }) => id)).size === changes.length;
}
