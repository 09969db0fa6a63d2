import { after, formatInstant, type Instant, instant, type Seconds, seconds } from '@lamplight/base';
import { readOwnCatalogue } from '@lamplight/contracts';
import {
  type Assignment,
  type Call,
  clockOf,
  createCatalogue,
  type Incident,
  intervalReport,
} from '@lamplight/domain';
import {
  type Database,
  type EntityFilter,
  listEntities,
  readConfiguration,
  readEntity,
} from '@lamplight/store';
import { misused } from '../failure.js';
import { printIntervals } from '../interval-table.js';
import { parseMoment } from '../options.js';
import type { Registrar } from '../program.js';
import { AGENCY_OPTION, DATA_OPTION, STORE_HELP, type StoreOptions, withStore } from '../store-session.js';
import type { Terminal } from '../terminal.js';

interface ReportOptions extends StoreOptions {
  readonly from?: Instant;
  readonly to?: Instant;
}

export function registerReport({ program, finish, act }: Registrar): void {
  const command = program
    .command('report')
    .description('How long each interval of the chain took, against targets')
    .option('--from <moment>', 'incidents opened at or after it (default: a week before --to)', parseMoment)
    .option('--to <moment>', 'incidents opened before it (default: now)', parseMoment)
    .option(...DATA_OPTION)
    .option(...AGENCY_OPTION)
    .action(act<ReportOptions>(report));
  finish(
    command,
    `
For each interval from ring to clear: n (incidents that have both stamps), missing (that lack one), and percentiles
in seconds. Targets are published ones and disagree; each is printed as "seconds for share: reached".
${STORE_HELP}

Example:
  $ lamplight report --from 2026-03-01T00:00:00+08:00 --to 2026-04-01T00:00:00+08:00 --json
`,
  );
}

const WEEK = seconds(7 * 86_400);
const DAY = seconds(86_400);
const PAGE = 500;

async function report(terminal: Terminal, options: ReportOptions): Promise<undefined> {
  const to = options.to ?? instant(Date.now());
  const from = options.from ?? before(to, WEEK);
  if (from >= to) throw misused('usage.from-after-to');
  await withStore(terminal, options, async ({ database, agency }) => {
    const { incidents, calls, assignments } = await readWindow(database, agency.id, from, to);
    const clocks = incidents.map((incident) =>
      clockOf(incident, calls.get(incident.id) ?? [], assignments.get(incident.id) ?? []),
    );
    const { sections } = await readConfiguration(database, agency.id);
    const intervals = intervalReport(clocks, createCatalogue(readOwnCatalogue(sections)).targets);
    if (terminal.json) {
      const span = { from: formatInstant(from), to: formatInstant(to) };
      terminal.printJson({ agency: agency.id, ...span, incidents: incidents.length, intervals });
      return;
    }
    terminal.print(
      terminal.translate({
        key: 'report.span',
        values: { from: formatInstant(from), to: formatInstant(to), incidents: incidents.length },
      }),
    );
    printIntervals(
      terminal,
      intervals.map((ours) => ({
        name: terminal.translate({ key: `interval.${ours.interval}` }),
        ours,
        targets: ours.targets,
      })),
    );
  });
}

const before = (at: Instant, duration: Seconds): Instant => after(at, seconds(-duration));

interface Window {
  readonly incidents: readonly Incident[];
  readonly calls: ReadonlyMap<string, readonly Call[]>;
  readonly assignments: ReadonlyMap<string, readonly Assignment[]>;
}

/** Incidents opened in the window, with their calls (which may have rung the day before) and crews. */
async function readWindow(database: Database, agency: string, from: Instant, to: Instant): Promise<Window> {
  const incidents: Incident[] = [];
  const calls = new Map<string, Call[]>();
  const assignments = new Map<string, Assignment[]>();
  const window = { startedFrom: from, startedBefore: to };
  for await (const { kind, entity } of pages(database, agency, { kind: 'incident', ...window })) {
    if (kind === 'incident') incidents.push(entity);
  }
  const rung = { startedFrom: before(from, DAY), startedBefore: to };
  for await (const { kind, entity } of pages(database, agency, { kind: 'call', ...rung })) {
    if (kind === 'call' && entity.incidentId !== null) addTo(calls, entity.incidentId, entity);
  }
  for await (const { kind, entity } of pages(database, agency, { kind: 'assignment', startedFrom: from })) {
    if (kind === 'assignment') addTo(assignments, entity.incidentId, entity);
  }
  return { incidents, calls, assignments };
}

async function* pages(database: Database, agency: string, filter: Omit<EntityFilter, 'limit' | 'cursor'>) {
  let cursor: string | undefined;
  do {
    const page = await listEntities(database, agency, {
      ...filter,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const doc of page.docs) yield readEntity(doc);
    cursor = page.next;
  } while (cursor !== undefined);
}

function addTo<Item>(index: Map<string, Item[]>, key: string, item: Item): void {
  const items = index.get(key);
  if (items) items.push(item);
  else index.set(key, [item]);
}
