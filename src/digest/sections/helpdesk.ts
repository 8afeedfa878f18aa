import type { DigestSection } from "./section.ts";

/** Resets by people and by administrators, where all days of the week are known. */
export const helpdeskSection: DigestSection = {
  part({ resets }, { words, format, isOverview }) {
    if (resets === undefined) {
      return {};
    }
    const { line, none, spans, mayGrow } = words.helpdesk.digest;
    const { selfService, byAdmins } = resets;
    const span = isOverview ? spans.days : spans.week;
    const told =
      selfService + byAdmins === 0
        ? none(span)
        : line(format.number(selfService), format.number(byAdmins), span);
    return { news: [resets.mayGrow ? `${told} ${mayGrow}` : told] };
  },
};
