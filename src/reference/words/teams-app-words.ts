/** What Teams shows of the app before anybody has asked it anything. */
export interface TeamsAppWords {
  /** At most 80 characters. */
  readonly summary: string;
  /** At most 4,000 characters. It does not hold the summary: Teams refuses that. */
  readonly description: string;
}
