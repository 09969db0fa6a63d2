/** How often something was found, and where first. */
export interface Tally<Example> {
  readonly count: number;
  readonly examples: readonly Example[];
}

export type TallyOf<Reason extends string, Example> = Readonly<Partial<Record<Reason, Tally<Example>>>>;

const EXAMPLES = 5;

/** Counts by reason and keeps the first few places. */
export interface Counter<Reason extends string, Example> {
  add(reason: Reason, example: Example): void;
  result(): TallyOf<Reason, Example>;
}

export function createCounter<Reason extends string, Example>(): Counter<Reason, Example> {
  const tallies: Partial<Record<Reason, { count: number; examples: Example[] }>> = {};
  return {
    add(reason, example) {
      const tally: { count: number; examples: Example[] } = tallies[reason] ?? { count: 0, examples: [] };
      tally.count++;
      if (tally.examples.length < EXAMPLES) tally.examples.push(example);
      tallies[reason] = tally;
    },
    result: () => tallies,
  };
}
