/** Figures of people, in the order in which they are shown; each is a field of `PeopleCounts`. */
export const REGISTRATION_FIGURES = [
  "ssprRegistered",
  "ssprEnabled",
  "ssprCapable",
  "mfaRegistered",
  "mfaCapable",
  "passwordlessCapable",
  "phoneOnly",
] as const;
export type RegistrationFigure = (typeof REGISTRATION_FIGURES)[number];
