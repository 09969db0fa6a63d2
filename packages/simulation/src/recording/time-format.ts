import {
  err,
  fromWallClock,
  type Instant,
  instant,
  ok,
  parseInstant,
  type Result,
  toWallClock,
  type WallClock,
} from '@lamplight/base';

/** What a recorded text says: a moment, or a reading of a wall clock. */
export type TimeReading =
  | { readonly kind: 'instant'; readonly at: Instant }
  | { readonly kind: 'wall'; readonly wall: WallClock };

/** Reads one text, `undefined` when it does not fit the format or names no real time. */
export type TimeReader = (text: string) => TimeReading | undefined;

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  hh: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  A: '(?<half>[AaPp][Mm])',
};

const LOCAL_ISO = 'YYYY-MM-DDTHH:mm:ss';

/**
 * A reader for `iso` (RFC 3339 with an offset, or local time without one) or a pattern such as
 * `MM/DD/YYYY hh:mm:ss A`. Refuses a pattern that does not fix a moment, saying what it lacks.
 */
export function compileTimeFormat(format: string): Result<TimeReader, string> {
  if (format === 'iso') {
    const local = compileTimeFormat(LOCAL_ISO);
    if (!local.ok) return local;
    return ok((text) => {
      const exact = parseInstant(text);
      if (exact.ok) return { kind: 'instant', at: exact.value };
      return local.value(text.replace(' ', 'T').replace(/\.\d+$/, ''));
    });
  }
  const parts = format.split(/(YYYY|MM|DD|HH|hh|mm|ss|A)/);
  const tokens = parts.filter((part) => part in TOKENS);
  for (const needed of ['YYYY', 'MM', 'DD', 'mm'])
    if (!tokens.includes(needed)) return err(`lacks ${needed}`);
  if (!tokens.includes('HH') && !(tokens.includes('hh') && tokens.includes('A')))
    return err('lacks HH, or hh with A');
  if (new Set(tokens).size < tokens.length || (tokens.includes('HH') && tokens.includes('hh')))
    return err('names a part twice');
  const pattern = new RegExp(
    `^${parts.map((part) => TOKENS[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('')}$`,
  );
  return ok((text) => {
    const groups = pattern.exec(text)?.groups;
    return groups ? wallReading(groups) : undefined;
  });
}

function wallReading(groups: Readonly<Record<string, string | undefined>>): TimeReading | undefined {
  const half = groups.half?.toUpperCase();
  const spoken = Number(groups.hour);
  if (half !== undefined && (spoken < 1 || spoken > 12)) return undefined;
  const hour = half === undefined ? spoken : (spoken % 12) + (half === 'PM' ? 12 : 0);
  const wall: WallClock = {
    year: Number(groups.year),
    month: Number(groups.month),
    day: Number(groups.day),
    hour,
    minute: Number(groups.minute),
    second: Number(groups.second ?? 0),
  };
  const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day));
  const exists = date.getUTCMonth() === wall.month - 1 && date.getUTCDate() === wall.day;
  return exists && hour < 24 && wall.minute < 60 && wall.second < 60 ? { kind: 'wall', wall } : undefined;
}

/** The moments a reading may mean: one, or two when clocks were set back over it. Ascending. */
export interface Candidates {
  readonly moments: readonly [Instant, ...Instant[]];
  readonly kind: 'unique' | 'ambiguous' | 'skipped';
}

const QUARTER_HOUR = 15 * 60_000;

/** Maps readings to moments in one zone; remembers quarter hours, within which no zone changes its offset. */
export function createZoneClock(zone: string): (reading: TimeReading) => Candidates {
  const known = new Map<number, Candidates>();
  return (reading) => {
    if (reading.kind === 'instant') return { moments: [reading.at], kind: 'unique' };
    const { wall } = reading;
    const minute = wall.minute - (wall.minute % 15);
    const rest = ((wall.minute % 15) * 60 + wall.second) * 1000;
    const key = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, minute);
    const found = known.get(key) ?? candidatesOf({ ...wall, minute, second: 0 }, zone);
    known.set(key, found);
    const [first, ...others] = found.moments;
    const shift = (at: Instant): Instant => instant(at + rest);
    return { moments: [shift(first), ...others.map(shift)], kind: found.kind };
  };
}

function candidatesOf(wall: WallClock, zone: string): Candidates {
  const { at, kind } = fromWallClock(wall, zone);
  if (kind !== 'ambiguous') return { moments: [at], kind };
  for (let step = 1; step <= 12; step++) {
    const again = instant(at + step * QUARTER_HOUR);
    const shown = toWallClock(again, zone);
    if (shown.day === wall.day && shown.hour === wall.hour && shown.minute === wall.minute)
      return { moments: [at, again], kind };
  }
  return { moments: [at], kind };
}

/**
 * Chooses one moment for each stamp of a row, given in the order in which they happen. A stamp that may mean two
 * moments becomes the first that is not before the stamp preceding it; where none precedes, the last that is not after
 * the next certain stamp; where there is none either, the earlier one.
 */
export function settleInOrder(stamps: readonly (Candidates | undefined)[]): {
  readonly moments: readonly (Instant | undefined)[];
  /** How many were ambiguous, and how many of those had a neighbour to decide by. */
  readonly ambiguous: number;
  readonly resolved: number;
} {
  const moments: (Instant | undefined)[] = [];
  let previous: Instant | undefined;
  let ambiguous = 0;
  let resolved = 0;
  stamps.forEach((stamp, i) => {
    if (!stamp) {
      moments.push(undefined);
      return;
    }
    const [early] = stamp.moments;
    let at = early;
    if (stamp.moments.length > 1) {
      ambiguous++;
      const next = stamps.slice(i + 1).find((each) => each?.moments.length === 1)?.moments[0];
      if (previous !== undefined || next !== undefined) resolved++;
      const floor = previous;
      if (floor !== undefined) at = stamp.moments.find((each) => each >= floor) ?? early;
      else if (next !== undefined) at = stamp.moments.filter((each) => each <= next).at(-1) ?? early;
    }
    moments.push(at);
    previous = at;
  });
  return { moments, ambiguous, resolved };
}
