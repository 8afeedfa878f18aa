import type { BestMethodsWords, RankingWords } from "../best-methods-words.ts";

function newsOf(subject: string, worked: string): RankingWords {
  return {
    leads: (method, rate) => `${subject}: ${method} is the most reliable method, ${rate} ${worked}.`,
    level: (method, rate, other) =>
      `${subject}: ${method} stands first, but not clearly before ${other}: ${rate} ${worked}.`,
    alone: (method, rate) => `${subject}: only ${method} has enough tries for a rank, ${rate} ${worked}.`,
    none: `${subject}: no method has enough tries for a rank.`,
    noneWorked: `${subject}: no method with enough tries for a rank is reliable, none of their tries ${worked}.`,
  };
}

export const BEST_METHODS: BestMethodsWords = {
  title: "Methods by reliability",
  button: "Best methods",
  headline: (within, sentences) => `Most reliable methods ${within}. ${sentences.join(" ")}`,
  columns: { method: "Method", worked: "Worked", strength: "Strength" },
  ranked: (place, method) => `${place}. ${method}`,
  rate: (percent, successes, tries) => `${percent} (${successes} of ${tries})`,
  strengths: {
    "phishing-resistant": "phishing-resistant",
    strong: "strong",
    weak: "weak",
    retiring: "weak, retiring",
    unknown: "not rated",
  },
  news: {
    reset: newsOf("Password resets", "worked"),
    registration: newsOf("Registrations", "were finished"),
  },
  otherNews: (label) => newsOf(label, "worked"),
  notSecure: {
    weak: (method) => `Reliable is not secure: ${method} counts as weak.`,
    retiring: (method) =>
      `Reliable is not secure: ${method} counts as weak, and Microsoft ends its own delivery by phone.`,
  },
  stronger: (method, rate) => `Of the stronger methods ${method} stands first: ${rate}.`,
  noStronger: "None of the stronger methods has enough tries for a rank.",
  few: (method, successes, tries) => `${method} (${successes} of ${tries})`,
  notRanked: (methods, others) =>
    `Not ranked, fewer than 20 tries: ${[...methods, ...(others > 0 ? [others === 1 ? "1 other" : `${others} others`] : [])].join(", ")}.`,
  more: (count) => (count === 1 ? "1 more method" : `${count} more methods`),
  moreChanges: (count) =>
    count === 1 ? "One more method changed clearly." : `${count} more methods changed clearly.`,
  order:
    "Order: by the rate that is sure at least (the lower end of the 95 % Wilson interval), so a few lucky tries do not " +
    "lead.",
  reliable:
    "How often a method works says nothing about how safe it is. Strengths follow Microsoft's page on authentication " +
    "methods.",
};
