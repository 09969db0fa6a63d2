import { randomUUID } from 'node:crypto';
import { instant } from '@lamplight/base';
import { SHIPPED_RULES } from '@lamplight/domain';
import {
  appendAudit,
  findAgency,
  type Json,
  listStations,
  openResponseLog,
  saveAgency,
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

/** Keeps the agency's own types in its settings, over those of the same code. */
export async function importTypes(
  { database, agency }: StoreSession,
  rows: readonly TypeRow[],
): Promise<void> {
  const found = await findAgency(database, agency.id);
  if (!found) throw failed('failed.agency-unknown', { agency: agency.id, agencies: '' });
  const settings = isObject(found.settings) ? found.settings : {};
  const kept = Array.isArray(settings.incidentTypes) ? settings.incidentTypes : [];
  const replaced = new Set(rows.map(({ code }) => code));
  const others = kept.filter((type: Json) => !isObject(type) || !replaced.has(String(type.code)));
  const added = rows.map((row) => ({ ...row, name: { ...row.name } }));
  await saveAgency(database, { ...found, settings: { ...settings, incidentTypes: [...others, ...added] } });
  await note({ database, agency }, 'import-types', rows.length);
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function note({ database, agency }: StoreSession, action: string, rows: number): Promise<void> {
  const at = instant(Date.now());
  return appendAudit(database, agency.id, { at, actor: ACTOR, action, subject: null, detail: { rows } });
}
