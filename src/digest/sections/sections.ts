import { adviceSection } from "./advice.ts";
import { helpdeskSection } from "./helpdesk.ts";
import { peopleSection } from "./people.ts";
import { reasonsSection } from "./reasons.ts";
import { resetsSection } from "./resets.ts";
import type { DigestSection } from "./section.ts";

/** Everything that a digest is made of; a new section is one more line. */
export const SECTIONS: readonly DigestSection[] = [
  resetsSection,
  helpdeskSection,
  peopleSection,
  reasonsSection,
  adviceSection,
];
