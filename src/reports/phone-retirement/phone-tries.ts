import type { UsageSnapshot } from "../../ports/usage.ts";
import { isPhone } from "../../reference/phones.ts";
import type { ReportSection } from "../../views/view.ts";
import { reasonsForNone } from "../usage/notices.ts";
import { resetsOf } from "../usage/resets.ts";
import type { Telling } from "../usage/section.ts";
import { range } from "../usage/usage-view.ts";
import { ENOUGH_TRIES, triesOf } from "../usage/worst-method.ts";

/** Reset tries with a phone by its names, without a rate: how well a phone works is no reason to keep it. */
export function triesSection(snapshot: UsageSnapshot | undefined, telling: Telling): ReportSection {
  const { words, format } = telling;
  const { tries } = words.reports.phoneRetirement;
  if (!snapshot) {
    return { headline: tries.title, remarks: [tries.notRead] };
  }
  const all = triesOf(resetsOf(snapshot.rows, words));
  if (all === 0) {
    return {
      headline: tries.none(range(snapshot, telling)),
      remarks: reasonsForNone(snapshot, words),
    };
  }
  const phones = resetsOf(
    snapshot.rows.filter(({ method }) => isPhone(method)),
    words,
  );
  const byPhone = triesOf(phones);
  const used = phones.methods.filter((method) => triesOf(method) > 0);
  return {
    headline: tries.sentence(
      range(snapshot, telling),
      format.number(byPhone),
      format.number(all),
      all >= ENOUGH_TRIES ? format.percent(byPhone, all) : undefined,
      all === 1,
    ),
    ...(used.length > 0 && {
      facts: used.map((method) => ({ name: method.label, value: format.number(triesOf(method)) })),
    }),
    remarks: [],
  };
}
