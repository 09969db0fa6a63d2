import { randomUUID } from 'node:crypto';
import { instant } from '@lamplight/base';
import { SECTION_SCHEMAS } from '@lamplight/contracts';
import { NO_CONTENT, SHIPPED_RULES } from '@lamplight/domain';
import {
  appendAudit,
  listStations,
  openResponseLog,
  readConfiguration,
  saveConfiguration,
  saveStations,
} from '@lamplight/store';
import { failed, type RowProblem, refused } from '../failure.js';

import type { StoreSession } from '../store-session.js';
import type { StationRow } from './station-rows.js';
import type { TypeRow } from './type-rows.js';
import type { UnitRow } from './unit-rows.js';

const ACTOR = 'process:import';

/** Writes all stations in one transaction. */
export async function importStations(
  { database, agency }: StoreSession,
  rows: readonly StationRow[],
): Promise<void> {
  await saveStations(
    database,
    agency.id,
    rows.map(({ id, name, kind, position }) => ({ id, name: { ...name }, kind, at: position, detail: {} })),
  );
  await note({ database, agency }, 'import-stations', rows.length);
}

/**
 * Registers all units in the log. Handed over together, so they share transactions of up to 256; the stations that
 * they name are checked first, so no row can be refused after another was written.
 */
export async function importUnits(
  { database, agency }: StoreSession,
  rows: readonly UnitRow[],
): Promise<void> {
  const stations = new Map((await listStations(database, agency.id)).map((station) => [station.id, station]));
  const problems: RowProblem[] = rows
    .filter(({ station }) => station !== null && !stations.has(station))
    .map(({ line, station }) => ({
      line,
      column: 'station',
      reason: { key: 'row.station', values: { text: station ?? '' } },
    }));
  if (problems.length > 0) throw refused('refused.rows', { file: '', count: problems.length }, problems);

  const log = await openResponseLog(database, { agency: agency.id, rules: SHIPPED_RULES });
  try {
    const at = instant(Date.now());
    const batch = randomUUID();
    const outcomes = await Promise.all(
      rows.map(({ id, callSign, unitType, capabilities, station, home, minimumCrew }) => {
        const place = station === null ? undefined : stations.get(station);
        return log.submit({
          command: {
            type: 'RegisterUnit',
            unitId: id,
            callSign,
            unitType,
            capabilities,
            stationId: station,
            home: home ?? place?.at ?? null,
            minimumCrew,
          },
          actor: ACTOR,
          at,
          key: `import:${batch}:${id}`,
          fingerprint: id,
        });
      }),
    );
    const declined = outcomes.find((outcome) => !outcome.ok);
    if (declined && !declined.ok) throw failed('failed.declined', { code: declined.refusal.code });
  } finally {
    await log.close();
  }
  await note({ database, agency }, 'import-units', rows.length);
}

/** Puts the agency's own types into its configuration, over those of the same code. */
export async function importTypes(
  { database, agency }: StoreSession,
  rows: readonly TypeRow[],
): Promise<void> {
  const section = 'incident-types';
  const { sections } = await readConfiguration(database, agency.id);
  const found = sections.get(section);
  const { own, hidden } = SECTION_SCHEMAS[section].parse(found?.content ?? NO_CONTENT);
  const added = SECTION_SCHEMAS[section].parse({
    own: rows,
    hidden: [],
  }).own;
  const replaced = new Set(added.map(({ code }) => code));
  const outcome = await saveConfiguration(
    database,
    agency.id,
    {
      section,
      seen: found?.version ?? 0,
      at: instant(Date.now()),
      actor: ACTOR,
      reason: `${rows.length} incident types imported`,
      content: { own: [...own.filter(({ code }) => !replaced.has(code)), ...added], hidden },
    },
    () => undefined,
  );
  if (outcome.kind !== 'saved') throw failed('failed.declined', { code: 'configuration-changed' });
  await note({ database, agency }, 'import-types', rows.length);
}

function note({ database, agency }: StoreSession, action: string, rows: number): Promise<void> {
  const at = instant(Date.now());
  return appendAudit(database, agency.id, { at, actor: ACTOR, action, subject: null, detail: { rows } });
}
