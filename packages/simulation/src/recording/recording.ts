import { err, type Instant, isLonLat, type LonLat, ok, type Result } from '@lamplight/base';
import { itemAt } from '../sure.js';
import {
  COLUMNS,
  type ColumnRole,
  type PositionColumns,
  type Priority,
  type RecordingProfile,
} from './profile.js';
import { parseTable, type TableError } from './table.js';
import { createCounter, type TallyOf } from './tally.js';
import { type Candidates, compileTimeFormat, createZoneClock, settleInOrder } from './time-format.js';

/** One unit's part in a recorded call. */
export interface RecordedResponse {
  readonly unitId: string;
  readonly unitType: string;
  readonly dispatchAt: Instant;
  readonly enrouteAt?: Instant;
  readonly onSceneAt?: Instant;
  readonly transportAt?: Instant;
  readonly hospitalAt?: Instant;
  readonly clearedAt?: Instant;
}

/** One recorded call with all its responses, in the order of their dispatch. */
export interface RecordedCall {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly entryAt?: Instant;
  /** When the first unit was sent. */
  readonly dispatchAt: Instant;
  readonly position: LonLat;
  readonly address: string;
  readonly stationArea: string;
  readonly disposition: string;
  readonly typeCode: string;
  readonly recordedType: string;
  readonly priority: Priority;
  readonly responses: readonly RecordedResponse[];
}

/** Why a row cannot be used at all. */
export type UnusableReason =
  | 'missing-call-id'
  | 'missing-unit'
  | 'missing-received'
  | 'missing-dispatch'
  | 'bad-time'
  | 'no-position'
  | 'bad-position'
  | 'out-of-order';

/** What is wrong with a row that is used all the same; a stamp so named is treated as missing. */
export type RecordingWarning =
  | `unreadable-${OptionalStamp}`
  | `out-of-order-${OptionalStamp}`
  | 'unmapped-incident-type'
  | 'unmapped-priority'
  | 'unmapped-unit-type'
  | 'disagreeing-received'
  | 'wrong-column-count';

export interface Recording {
  /** Calls with at least one usable row, by the time they were received. */
  readonly calls: readonly RecordedCall[];
  readonly rows: { readonly read: number; readonly usable: number };
  /** Distinct call ids in the file, usable or not. */
  readonly callsRead: number;
  /** Rows by reason, with the first few row numbers (the header is row 1). */
  readonly unusableRows: TallyOf<UnusableReason, number>;
  /** Calls all of whose rows are unusable, by the reason of their first row, with the first few ids. */
  readonly unusableCalls: TallyOf<UnusableReason, string>;
  readonly warnings: TallyOf<RecordingWarning, number>;
  /** Times that a change of the clocks made doubtful. */
  readonly daylightSaving: {
    readonly ambiguous: number;
    /** Of the ambiguous: decided by the stamps beside them in the row. */
    readonly resolved: number;
    readonly skipped: number;
  };
}

export type RecordingError =
  | TableError
  | { readonly code: 'missing-column'; readonly column: string; readonly role: string };

const STAMPS = [
  'received',
  'entry',
  'dispatch',
  'enroute',
  'onScene',
  'transport',
  'hospital',
  'available',
] as const satisfies readonly ColumnRole[];
type Stamp = (typeof STAMPS)[number];
type OptionalStamp = Exclude<Stamp, 'received' | 'dispatch'>;
type Stamps = Readonly<Partial<Record<Stamp, Instant>>>;

interface Row {
  readonly stamps: Stamps & Readonly<Record<'received' | 'dispatch', Instant>>;
  readonly position: LonLat;
  readonly text: (role: ColumnRole) => string;
  readonly doubtful: { readonly ambiguous: number; readonly resolved: number; readonly skipped: number };
}

/**
 * Reads recorded calls through a profile; one row is one unit's response. No row is dropped silently: each is either
 * in a call's `responses` or counted in `unusableRows`. Refuses a text that is not CSV or lacks a declared column.
 */
export function readRecording(csv: string, profile: RecordingProfile): Result<Recording, RecordingError> {
  const table = parseTable(csv);
  if (!table.ok) return table;
  const { header, rows } = table.value;
  const columns = findColumns(header, profile);
  if (!columns.ok) return columns;
  const readRow = createRowReader(profile, columns.value);

  const unusableRows = createCounter<UnusableReason, number>();
  const unusableCalls = createCounter<UnusableReason, string>();
  const warnings = createCounter<RecordingWarning, number>();
  const daylightSaving = { ambiguous: 0, resolved: 0, skipped: 0 };
  const seen = new Map<string, { rows: Row[]; firstReason?: UnusableReason }>();
  let usable = 0;
  rows.forEach((cells, i) => {
    const rowNumber = i + 2;
    const warn = (warning: RecordingWarning): void => warnings.add(warning, rowNumber);
    const id = cells[columns.value.roles.get('call') ?? -1] ?? '';
    const entry = seen.get(id) ?? { rows: [] };
    if (id !== '') seen.set(id, entry);
    if (cells.length !== header.length) warn('wrong-column-count');
    const row = readRow(cells, warn);
    if (!row.ok) {
      unusableRows.add(row.error, rowNumber);
      entry.firstReason ??= row.error;
      return;
    }
    const [first] = entry.rows;
    if (first && first.stamps.received !== row.value.stamps.received) warn('disagreeing-received');
    daylightSaving.ambiguous += row.value.doubtful.ambiguous;
    daylightSaving.resolved += row.value.doubtful.resolved;
    daylightSaving.skipped += row.value.doubtful.skipped;
    entry.rows.push(row.value);
    usable++;
  });

  const calls: RecordedCall[] = [];
  for (const [id, entry] of seen) {
    const [first, ...others] = entry.rows;
    if (first) calls.push(gatherCall(id, [first, ...others], profile));
    else if (entry.firstReason) unusableCalls.add(entry.firstReason, id);
  }
  calls.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  return ok({
    calls,
    rows: { read: rows.length, usable },
    callsRead: seen.size,
    unusableRows: unusableRows.result(),
    unusableCalls: unusableCalls.result(),
    warnings: warnings.result(),
    daylightSaving,
  });
}

type RowReader = (
  cells: readonly string[],
  warn: (warning: RecordingWarning) => void,
) => Result<Row, UnusableReason>;

function createRowReader(profile: RecordingProfile, { roles, position }: Columns): RowReader {
  const reader = compileTimeFormat(profile.timeFormat);
  if (!reader.ok) throw new RangeError(`Profile ${profile.name}: time format ${reader.error}`);
  const clock = createZoneClock(profile.timeZone);

  return (cells, warn) => {
    const text = (role: ColumnRole): string => cells[roles.get(role) ?? -1] ?? '';
    if (text('call') === '') return err('missing-call-id');
    if (text('unit') === '') return err('missing-unit');
    if (text('received') === '') return err('missing-received');
    if (text('dispatch') === '') return err('missing-dispatch');

    const candidates: (Candidates | undefined)[] = [];
    for (const stamp of STAMPS) {
      const written = text(stamp);
      const reading = written === '' ? undefined : reader.value(written);
      if (written !== '' && !reading) {
        if (stamp === 'received' || stamp === 'dispatch') return err('bad-time');
        warn(`unreadable-${stamp}`);
      }
      candidates.push(reading ? clock(reading) : undefined);
    }
    const settled = settleInOrder(candidates);
    const stamps = keepOrder(settled.moments, (stamp) => warn(`out-of-order-${stamp}`));
    if (!stamps) return err('out-of-order');
    const place = readPosition(cells[position[0]] ?? '', cells[position[1]] ?? '', profile.position);
    if (!place.ok) return place;

    if (!profile.incidentTypes.has(text('incidentType'))) warn('unmapped-incident-type');
    if (roles.has('priority') && !profile.priorities.has(text('priority'))) warn('unmapped-priority');
    if (roles.has('unitType') && !profile.unitTypes.has(text('unitType'))) warn('unmapped-unit-type');
    const skipped = candidates.filter((each) => each?.kind === 'skipped').length;
    const doubtful = { ambiguous: settled.ambiguous, resolved: settled.resolved, skipped };
    return ok({ stamps, position: place.value, text, doubtful });
  };
}

interface Columns {
  readonly roles: ReadonlyMap<ColumnRole, number>;
  readonly position: readonly [number, number];
}

function findColumns(header: readonly string[], profile: RecordingProfile): Result<Columns, RecordingError> {
  const roles = new Map<ColumnRole, number>();
  for (const role of ROLES) {
    const column = profile.columns[role];
    if (column === undefined) continue;
    const index = header.indexOf(column);
    if (index < 0) return err({ code: 'missing-column', column, role });
    roles.set(role, index);
  }
  const { position } = profile;
  const wanted = position.kind === 'pair' ? [position.column, position.column] : [position.lat, position.lon];
  const [lat = '', lon = ''] = wanted;
  for (const column of wanted)
    if (!header.includes(column)) return err({ code: 'missing-column', column, role: 'position' });
  return ok({ roles, position: [header.indexOf(lat), header.indexOf(lon)] });
}

const ROLES = Object.keys(COLUMNS).filter((role): role is ColumnRole => role in COLUMNS);

/**
 * Drops stamps that are earlier than one before them. `undefined` when dispatch itself precedes the call, which leaves
 * nothing to replay. A late entry of the call is the usual cause of an entry after dispatch, so the entry yields.
 */
function keepOrder(
  moments: readonly (Instant | undefined)[],
  drop: (stamp: OptionalStamp) => void,
): Row['stamps'] | undefined {
  const at = new Map<Stamp, Instant>();
  STAMPS.forEach((stamp, i) => {
    const moment = moments[i];
    if (moment !== undefined) at.set(stamp, moment);
  });
  const received = at.get('received');
  const dispatch = at.get('dispatch');
  if (received === undefined || dispatch === undefined || dispatch < received) return undefined;
  const kept: Partial<Record<Stamp, Instant>> = {};
  const entry = at.get('entry');
  if (entry !== undefined) {
    if (entry < received || entry > dispatch) drop('entry');
    else kept.entry = entry;
  }
  let latest = dispatch;
  for (const stamp of ['enroute', 'onScene', 'transport', 'hospital', 'available'] as const) {
    const moment = at.get(stamp);
    if (moment === undefined) continue;
    if (moment < latest) drop(stamp);
    else {
      kept[stamp] = moment;
      latest = moment;
    }
  }
  return { ...kept, received, dispatch };
}

const PAIR = /^\(?\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*\)?$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

function readPosition(
  first: string,
  second: string,
  columns: PositionColumns,
): Result<LonLat, 'no-position' | 'bad-position'> {
  if (first === '' || second === '') return err('no-position');
  let lat: string | undefined = first;
  let lon: string | undefined = second;
  if (columns.kind === 'pair') {
    const match = PAIR.exec(first);
    [lat, lon] = columns.order === 'lat-lon' ? [match?.[1], match?.[2]] : [match?.[2], match?.[1]];
  }
  if (lat === undefined || lon === undefined || !NUMBER.test(lat) || !NUMBER.test(lon))
    return err('bad-position');
  const position: LonLat = [Number(lon), Number(lat)];
  // 0, 0 is what systems write for a place they do not know.
  const unknown = position[0] === 0 && position[1] === 0;
  return isLonLat(position) && !unknown ? ok(position) : err('bad-position');
}

function gatherCall(id: string, rows: readonly [Row, ...Row[]], profile: RecordingProfile): RecordedCall {
  const [first] = rows;
  const responses = rows.map(toResponse).sort((a, b) => a.dispatchAt - b.dispatchAt);
  const recordedType = first.text('incidentType');
  const entryAt = earliest(rows.map((row) => row.stamps.entry));
  return {
    id,
    receivedAt: earliest(rows.map((row) => row.stamps.received)) ?? first.stamps.received,
    ...(entryAt === undefined ? {} : { entryAt }),
    dispatchAt: itemAt(responses, 0).dispatchAt,
    position: first.position,
    address: first.text('address'),
    stationArea: first.text('stationArea'),
    disposition: first.text('disposition'),
    typeCode: profile.incidentTypes.get(recordedType) ?? profile.otherIncidentType,
    recordedType,
    priority: profile.priorities.get(first.text('priority')) ?? profile.otherPriority,
    responses,
  };
}

function toResponse({ stamps, text }: Row): RecordedResponse {
  const { enroute, onScene, transport, hospital, available } = stamps;
  return {
    unitId: text('unit'),
    unitType: text('unitType'),
    dispatchAt: stamps.dispatch,
    ...(enroute === undefined ? {} : { enrouteAt: enroute }),
    ...(onScene === undefined ? {} : { onSceneAt: onScene }),
    ...(transport === undefined ? {} : { transportAt: transport }),
    ...(hospital === undefined ? {} : { hospitalAt: hospital }),
    ...(available === undefined ? {} : { clearedAt: available }),
  };
}

function earliest(moments: readonly (Instant | undefined)[]): Instant | undefined {
  return moments.reduce(
    (best, at) => (best === undefined || (at !== undefined && at < best) ? at : best),
    undefined,
  );
}
