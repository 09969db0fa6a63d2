import type { Terminal } from './terminal.js';

/** One interval's figures, whoever measured them: seconds, absent or `null` where there is nothing to measure. */
export interface IntervalFigures {
  readonly n: number;
  readonly missing: number;
  readonly p50?: number | null;
  readonly p90?: number | null;
  readonly p95?: number | null;
  readonly p99?: number | null;
}

export interface IntervalTarget {
  readonly seconds: number;
  readonly share: number;
  readonly reached: number | null;
  readonly source: string;
}

export interface IntervalRow {
  readonly name: string;
  readonly ours: IntervalFigures;
  readonly recorded?: IntervalFigures;
  readonly targets: readonly IntervalTarget[];
}

/** Columns of figures of which the first is left-aligned. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, widthOf(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const padding = ' '.repeat((widths[i] ?? 0) - widthOf(cell));
        return i === 0 ? cell + padding : padding + cell;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** Chinese characters take two columns of a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce(
    (width, character) => width + (/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/u.test(character) ? 2 : 1),
    0,
  );

/** The interval report as a table for people, seconds throughout. */
export function printIntervals(terminal: Terminal, rows: readonly IntervalRow[]): void {
  const heading = [
    terminal.translate({ key: 'report.interval' }),
    '',
    'n',
    terminal.translate({ key: 'report.missing' }),
    'P50',
    'P90',
    'P95',
    'P99',
    terminal.translate({ key: 'report.targets' }),
  ];
  const lines: string[][] = [heading];
  for (const { name, ours, recorded, targets } of rows) {
    const told = targets.map(({ seconds, share, reached }) =>
      terminal.translate({
        key: 'report.target',
        values: {
          seconds,
          share: percent(share),
          reached: reached === null ? '–' : percent(reached),
        },
      }),
    );
    const whose = recorded ? terminal.translate({ key: 'report.ours' }) : '';
    lines.push([name, whose, ...figures(ours), told.join('; ')]);
    if (recorded) lines.push(['', terminal.translate({ key: 'report.recorded' }), ...figures(recorded), '']);
  }
  for (const line of alignColumns(lines)) terminal.print(line);
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const figures = ({ n, missing, p50, p90, p95, p99 }: IntervalFigures): string[] => [
  String(n),
  String(missing),
  ...[p50, p90, p95, p99].map((value) => (value === undefined || value === null ? '–' : value.toFixed(0))),
];
