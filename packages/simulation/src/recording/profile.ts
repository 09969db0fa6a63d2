import { err, isTimeZone, ok, type Result } from '@lamplight/base';
import { compileTimeFormat } from './time-format.js';

/** The facts a recorded row may hold, and whether a profile must say where they are. */
export const COLUMNS = {
  call: 'required',
  unit: 'required',
  incidentType: 'required',
  received: 'required',
  dispatch: 'required',
  unitType: 'optional',
  priority: 'optional',
  entry: 'optional',
  enroute: 'optional',
  onScene: 'optional',
  transport: 'optional',
  hospital: 'optional',
  available: 'optional',
  stationArea: 'optional',
  address: 'optional',
  disposition: 'optional',
} as const;

export type ColumnRole = keyof typeof COLUMNS;

/** Where a row says its position: two columns of degrees, or one like `(37.77, -122.41)`. */
export type PositionColumns =
  | { readonly kind: 'columns'; readonly lat: string; readonly lon: string }
  | { readonly kind: 'pair'; readonly column: string; readonly order: 'lat-lon' | 'lon-lat' };

/** 1 is the most urgent. */
export type Priority = 1 | 2 | 3 | 4 | 5;

/** Finds the home station in a unit's id: `^E0*(\d+)$` and `$1` make `E07` belong to station `7`. */
export interface HomeStationRule {
  readonly unit: RegExp;
  readonly station: string;
}

/** How to read one agency's export of recorded calls. */
export interface RecordingProfile {
  readonly name: string;
  /** IANA zone of the file's wall-clock times. */
  readonly timeZone: string;
  /** `iso`, or a pattern of `YYYY MM DD HH hh mm ss A`. */
  readonly timeFormat: string;
  readonly columns: Readonly<Partial<Record<ColumnRole, string>>> &
    Readonly<Record<'call' | 'unit' | 'incidentType' | 'received' | 'dispatch', string>>;
  readonly position: PositionColumns;
  /** Recorded incident type → type code; what is not listed gets `otherIncidentType`. */
  readonly incidentTypes: ReadonlyMap<string, string>;
  readonly otherIncidentType: string;
  /** Recorded unit type → capabilities. */
  readonly unitTypes: ReadonlyMap<string, readonly string[]>;
  readonly priorities: ReadonlyMap<string, Priority>;
  readonly otherPriority: Priority;
  readonly homeStations: readonly HomeStationRule[];
}

export interface ProfileError {
  readonly code: 'invalid-profile';
  /** Path of the field, such as `columns.received`. */
  readonly field: string;
  readonly reason: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside this module only, so that the reading below stays one straight description. */
class Invalid extends Error {
  readonly field: string;
  constructor(field: string, reason: string) {
    super(reason);
    this.field = field;
  }
}

/** Reads a profile from parsed JSON. Refuses with the first field that is missing or wrong. */
export function parseProfile(input: unknown): Result<RecordingProfile, ProfileError> {
  try {
    return ok(readProfile(asFields(input, 'profile')));
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return err({ code: 'invalid-profile', field: error.field, reason: error.message });
  }
}

function readProfile(profile: Fields): RecordingProfile {
  const timeZone = asText(profile.timeZone, 'timeZone');
  if (!isTimeZone(timeZone)) throw new Invalid('timeZone', `${timeZone} is not an IANA time zone`);
  const timeFormat = asText(profile.timeFormat, 'timeFormat');
  const compiled = compileTimeFormat(timeFormat);
  if (!compiled.ok) throw new Invalid('timeFormat', compiled.error);
  const columns = asFields(profile.columns, 'columns');
  for (const role of Object.keys(columns))
    if (!(role in COLUMNS)) throw new Invalid(`columns.${role}`, 'is not a column this reader knows');
  const optional: Partial<Record<ColumnRole, string>> = {};
  for (const role of ROLES)
    if (columns[role] !== undefined) optional[role] = asText(columns[role], `columns.${role}`);
  return {
    name: asText(profile.name, 'name'),
    timeZone,
    timeFormat,
    columns: {
      ...optional,
      call: asText(columns.call, 'columns.call'),
      unit: asText(columns.unit, 'columns.unit'),
      incidentType: asText(columns.incidentType, 'columns.incidentType'),
      received: asText(columns.received, 'columns.received'),
      dispatch: asText(columns.dispatch, 'columns.dispatch'),
    },
    position: readPosition(asFields(profile.position, 'position')),
    incidentTypes: readMap(profile.incidentTypes, 'incidentTypes', asText),
    otherIncidentType: asText(profile.otherIncidentType, 'otherIncidentType'),
    unitTypes: readMap(profile.unitTypes ?? {}, 'unitTypes', asTexts),
    priorities: readMap(profile.priorities ?? {}, 'priorities', asPriority),
    otherPriority: asPriority(profile.otherPriority ?? 3, 'otherPriority'),
    homeStations: asList(profile.homeStations ?? [], 'homeStations').map((rule, i) =>
      readHomeStation(asFields(rule, `homeStations.${i}`), `homeStations.${i}`),
    ),
  };
}

const ROLES: readonly ColumnRole[] = [
  'unitType',
  'priority',
  'entry',
  'enroute',
  'onScene',
  'transport',
  'hospital',
  'available',
  'stationArea',
  'address',
  'disposition',
];

function readPosition(position: Fields): PositionColumns {
  if (position.column === undefined)
    return {
      kind: 'columns',
      lat: asText(position.lat, 'position.lat'),
      lon: asText(position.lon, 'position.lon'),
    };
  const order = position.order ?? 'lat-lon';
  if (order !== 'lat-lon' && order !== 'lon-lat')
    throw new Invalid('position.order', 'must be "lat-lon" or "lon-lat"');
  return { kind: 'pair', column: asText(position.column, 'position.column'), order };
}

function readHomeStation(rule: Fields, field: string): HomeStationRule {
  const pattern = asText(rule.unit, `${field}.unit`);
  const station = asText(rule.station, `${field}.station`);
  try {
    return { unit: new RegExp(pattern), station };
  } catch {
    throw new Invalid(`${field}.unit`, `${pattern} is not a regular expression`);
  }
}

function readMap<Value>(
  input: unknown,
  field: string,
  read: (value: unknown, field: string) => Value,
): Map<string, Value> {
  return new Map(
    Object.entries(asFields(input, field)).map(([key, value]) => [key, read(value, `${field}.${key}`)]),
  );
}

function asFields(input: unknown, field: string): Fields {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new Invalid(field, 'must be an object');
  return Object.fromEntries(Object.entries(input));
}

function asText(input: unknown, field: string): string {
  if (typeof input !== 'string' || input === '') throw new Invalid(field, 'must be a text that is not empty');
  return input;
}

function asList(input: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(input)) throw new Invalid(field, 'must be a list');
  return input;
}

const asTexts = (input: unknown, field: string): string[] =>
  asList(input, field).map((item, i) => asText(item, `${field}.${i}`));

function asPriority(input: unknown, field: string): Priority {
  switch (input) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
      return input;
    default:
      throw new Invalid(field, 'must be a whole number from 1 (most urgent) to 5');
  }
}
