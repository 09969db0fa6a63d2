import type { LonLat } from '@lamplight/base';
import { CAPABILITIES } from '@lamplight/domain';
import { numberIn, readTable, wholeIn } from '../csv.js';
import { identifierIn } from './station-rows.js';

export interface UnitRow {
  readonly id: string;
  readonly line: number;
  readonly callSign: string;
  readonly unitType: string;
  readonly capabilities: readonly string[];
  readonly station: string | null;
  readonly home: LonLat | null;
  readonly minimumCrew: number;
}

const LONGEST_CALL_SIGN = 32;
const LONGEST_TYPE = 50;

/** Reads and checks a CSV of units. Throws a `Failure` that names every bad row. */
export function readUnitRows(bytes: Uint8Array, file: string): UnitRow[] {
  const seen = new Set<string>();
  const known = new Set(CAPABILITIES.map(({ id }) => id));
  const columns = [['id', 'unit'], ['type'], ['capabilities']];
  return readTable(bytes, { columns, file }, (row) => {
    const id = identifierIn(row, seen, 'id', 'unit');
    const callSign = row.text('call_sign') || id;
    if (callSign.length > LONGEST_CALL_SIGN)
      row.reject('call_sign', 'row.too-long', { maximum: LONGEST_CALL_SIGN });
    const unitType = row.text('type');
    if (unitType === '') row.reject('type', 'row.empty');
    if (unitType.length > LONGEST_TYPE) row.reject('type', 'row.too-long', { maximum: LONGEST_TYPE });
    const capabilities = [
      ...new Set(
        row
          .text('capabilities')
          .split(/[\s;|]+/)
          .filter((each) => each !== ''),
      ),
    ];
    for (const capability of capabilities) {
      if (!known.has(capability)) row.reject('capabilities', 'row.capability', { text: capability });
    }
    const hasHome = row.text('lon') !== '' || row.text('lat') !== '';
    const home: LonLat | null = hasHome
      ? [numberIn(row, -180, 180, 'lon'), numberIn(row, -90, 90, 'lat')]
      : null;
    const minimumCrew = row.text('minimum_crew') === '' ? 1 : wholeIn(row, 1, 30, 'minimum_crew');
    const station = row.text('station') || null;
    return { id, line: row.line, callSign, unitType, capabilities, station, home, minimumCrew };
  });
}
