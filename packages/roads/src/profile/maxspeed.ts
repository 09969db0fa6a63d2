import { kilometresPerHour, type MetresPerSecond, metresPerSecond } from '@lamplight/base';

const KILOMETRES_PER_MILE = 1.609_344;
const KILOMETRES_PER_NAUTICAL_MILE = 1.852;

/** What `maxspeed=none` is driven at: the recommended speed of the German motorway, the commonest case. */
const UNLIMITED = 130;
const WALKING = 7;

/**
 * General legal limits for cars behind codes such as `DE:rural`, in km/h. The row `*` serves codes that a country's own
 * row lacks, and countries without one. The OSM wiki keeps the whole table, with exceptions and sources of law
 * (https://wiki.openstreetmap.org/wiki/Default_speed_limits).
 */
const LIMITS_BY_CODE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  '*': { urban: 50, rural: 80, trunk: 100, motorway: 120, expressway: 100, living_street: 20, walk: WALKING },
  AT: { rural: 100, trunk: 100, motorway: 130, bicycle_road: 30 },
  CH: { rural: 80, trunk: 100, motorway: 120 },
  CN: { urban: 50, rural: 70, motorway: 120 },
  CZ: { rural: 90, trunk: 110, motorway: 130 },
  DE: { rural: 100, motorway: UNLIMITED, living_street: WALKING, bicycle_road: 30 },
  ES: { rural: 90, motorway: 120 },
  FR: { rural: 80, motorway: 130 },
  GB: { nsl_restricted: 48, nsl_single: 97, nsl_dual: 113, motorway: 113, urban: 48, rural: 97 },
  IT: { rural: 90, trunk: 110, motorway: 130 },
  PL: { rural: 90, motorway: 140 },
  RU: { urban: 60, rural: 90, motorway: 110 },
};

/**
 * Reads an OSM `maxspeed` (https://wiki.openstreetmap.org/wiki/Key:maxspeed): a number in km/h, a number with a unit
 * (`mph`, `km/h`, `knots`), a code of country and place (`DE:urban`, `DE:zone30`), `none`, `walk`. Of a list (`50;70`,
 * one value a lane) the highest counts. `undefined` where the value tells no speed: `signals`, `variable`, zero,
 * anything unknown.
 */
export function readMaxspeed(value: string | undefined): MetresPerSecond | undefined {
  if (value === undefined) return undefined;
  const speeds = value.split(/[;|,]/).map((part) => readOne(part.trim()));
  const highest = Math.max(...speeds.map((speed) => speed ?? 0));
  return highest > 0 ? metresPerSecond(highest) : undefined;
}

function readOne(value: string): MetresPerSecond | undefined {
  const numeric = /^(\d+(?:\.\d+)?)\s*(km\/h|kmh|kph|mph|knots)?$/i.exec(value);
  if (numeric) {
    const number = Number(numeric[1]);
    switch (numeric[2]?.toLowerCase()) {
      case 'mph':
        return kilometresPerHour(number * KILOMETRES_PER_MILE);
      case 'knots':
        return kilometresPerHour(number * KILOMETRES_PER_NAUTICAL_MILE);
      default:
        return kilometresPerHour(number);
    }
  }
  if (value === 'none' || value === 'unlimited') return kilometresPerHour(UNLIMITED);
  if (value === 'walk') return kilometresPerHour(WALKING);

  const code = /^([A-Z]{2})(?:-[A-Z]+)?:(.+)$/.exec(value);
  if (!code) return undefined;
  const [, country = '', place = ''] = code;
  const zone = /^zone:?(\d+)$/.exec(place);
  const limit = zone ? Number(zone[1]) : (limitIn(country, place) ?? limitIn('*', place));
  return limit === undefined ? undefined : kilometresPerHour(limit);
}

function limitIn(country: string, place: string): number | undefined {
  const row = LIMITS_BY_CODE[country === 'UK' ? 'GB' : country];
  return row && Object.hasOwn(row, place) ? row[place] : undefined;
}
