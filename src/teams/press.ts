import { z } from "zod";
import type { Pressed } from "../commands/pressed.ts";
import { BREAKDOWNS, COMMAND_IDS, FEATURES, FILTERS, REPORTS, SCOPES } from "../language/question.ts";
import { PERIODS } from "../ports/usage.ts";
import { METHOD_FAMILIES } from "../reference/methods.ts";
import { FORM_INPUTS, type FormInputId, VERBS, type Verb } from "../views/view.ts";

/** One pressed button, from an Action.Execute or from its Action.Submit fallback. */
export interface Press extends Pressed {
  /** Binds the button to its conversation; a card of an older version has none. */
  readonly seal?: string;
}

const positive = z.number().int().min(1).max(1_000);
const questionSchema = z.strictObject({
  command: z.enum(COMMAND_IDS),
  options: z.strictObject({
    by: z.enum(BREAKDOWNS).exactOptional(),
    feature: z.enum(FEATURES).exactOptional(),
    method: z.enum(METHOD_FAMILIES).exactOptional(),
    period: z.enum(PERIODS).exactOptional(),
    scope: z.enum(SCOPES).exactOptional(),
    weeks: positive.exactOptional(),
    filter: z.enum(FILTERS).exactOptional(),
    user: z.string().max(400).exactOptional(),
    report: z.enum(REPORTS).exactOptional(),
    week: positive.exactOptional(),
  }),
});

/** As AuthPulse makes them: 16 random bytes. */
export const exportIdSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** What a button carries. It went through the client, so nothing in it is believed before this check. */
const dataSchema = z.object({
  v: z.literal(1),
  question: questionSchema,
  base: questionSchema.exactOptional(),
  seal: z.string().max(100).exactOptional(),
  paging: z
    .strictObject({ continuation: z.string().max(100), page: z.int().min(1).max(1_000_000) })
    .exactOptional(),
  exportId: exportIdSchema.exactOptional(),
  ...(Object.fromEntries(FORM_INPUTS.map((id) => [id, z.string().max(200).exactOptional()])) as Record<
    FormInputId,
    z.ZodExactOptional<z.ZodString>
  >),
});

const invokeSchema = z.object({
  action: z.object({ type: z.literal("Action.Execute"), verb: z.enum(VERBS), data: dataSchema }),
  trigger: z.string().nullish(),
});

const submitSchema = dataSchema.extend({ verb: z.enum(VERBS) });

/** Reads the value of an `adaptiveCard/action` invoke; undefined for a verb or question that no card of ours has. */
export function pressOfInvoke(value: unknown): Press | undefined {
  const { success, data } = invokeSchema.safeParse(value);
  return success ? press(data.action.verb, data.action.data, data.trigger === "automatic") : undefined;
}

/** Reads the value of a message that an Action.Submit sent. */
export function pressOfSubmit(value: unknown): Press | undefined {
  const { success, data } = submitSchema.safeParse(value);
  if (!success) {
    return undefined;
  }
  const { verb, ...carried } = data;
  return press(verb, carried, false);
}

function press(
  verb: Verb,
  { v: _v, question, base, seal, paging, exportId, ...values }: z.infer<typeof dataSchema>,
  automatic: boolean,
): Press {
  return {
    ...{ verb, question, automatic, values },
    ...(base && { base }),
    ...(seal && { seal }),
    ...(paging && { paging }),
    ...(exportId && { exportId }),
  };
}
