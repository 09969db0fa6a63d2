import { instant, kilometresPerHour, ok } from '@lamplight/base';
import { type CodecResult, fail } from '../failure.js';
import {
  type Fields,
  isAbsent,
  isFields,
  jsonNumber,
  parseJson,
  readPosition,
  readQuantities,
} from '../fields.js';
import type { PositionFix } from '../position-fix.js';

/*
 * The OwnTracks JSON format, as the OwnTracks Booklet describes it: https://owntracks.org/booklet/tech/json
 * (payloads) and https://owntracks.org/booklet/tech/http (HTTP mode). Its units: degrees, metres, km/h, per cent,
 * seconds since the epoch.
 */

/** What a location message says besides the position; none of it is needed to place a unit. */
export interface OwnTracksExtras {
  /** Two characters by which the app labels its user (`tid`). */
  readonly trackerId?: string;
  /** Why the app reported (`t`): `p` ping, `u` by hand, `t` timer, `c` circular region, and others. */
  readonly trigger?: string;
}

export interface OwnTracksReport extends OwnTracksExtras {
  readonly fix: PositionFix;
  /** The MQTT topic that the app would have used; sent in HTTP mode only. */
  readonly topic?: string;
}

/** The last second of the year 9999: a larger number is a time in another unit. */
const LAST_EPOCH_SECOND = 253_402_300_799;

/**
 * Reads one decoded OwnTracks message. Messages of other types (`lwt`, `transition`, `waypoint`, `status`, …) are
 * valid and answered with `not-a-position`; `encrypted` ones are refused, because we hold no key. Never throws.
 */
export function parseOwnTracks(message: unknown): CodecResult<OwnTracksReport> {
  if (!isFields(message)) return fail('malformed', '', 'must be a JSON object');
  const type = message._type;
  if (isAbsent(type)) return fail('missing-field', '_type', 'is required');
  if (typeof type !== 'string') return fail('invalid-field', '_type', 'must be text');
  if (type === 'encrypted') {
    return fail('encrypted', '_type', 'is encrypted; remove the encryption key in the app and use TLS');
  }
  if (type !== 'location') return fail('not-a-position', '_type', 'is another kind of message');
  return parseLocation(message);
}

/**
 * Reads the text of an MQTT payload or of an HTTP body. An empty body is `not-a-position`: the apps send one when a
 * contact is deleted. Never throws.
 */
export function parseOwnTracksText(payload: string): CodecResult<OwnTracksReport> {
  if (payload === '') return fail('not-a-position', '', 'is empty');
  const message = parseJson(payload);
  return message.ok ? parseOwnTracks(message.value) : message;
}

function parseLocation(message: Fields): CodecResult<OwnTracksReport> {
  const position = readPosition(jsonNumber, ['lon', message.lon], ['lat', message.lat]);
  if (!position.ok) return position;

  if (isAbsent(message.tst)) return fail('missing-field', 'tst', 'is required');
  const tst = jsonNumber(message.tst);
  if (tst === undefined || tst <= 0 || tst > LAST_EPOCH_SECOND) {
    return fail('invalid-field', 'tst', 'must be seconds since 1970-01-01T00:00:00Z');
  }

  const quantities = readQuantities(jsonNumber, [
    { quantity: 'accuracy', name: 'acc', value: message.acc },
    { quantity: 'speed', name: 'vel', value: message.vel, toOurs: kilometresPerHour },
    { quantity: 'bearing', name: 'cog', value: message.cog },
    { quantity: 'altitude', name: 'alt', value: message.alt },
    { quantity: 'battery', name: 'batt', value: message.batt, toOurs: (percent) => percent / 100 },
  ]);
  if (!quantities.ok) return quantities;

  const { tid, t, topic } = message;
  return ok({
    fix: { position: position.value, eventAt: instant(Math.round(tst * 1000)), ...quantities.value },
    ...(typeof tid === 'string' ? { trackerId: tid } : {}),
    ...(typeof t === 'string' ? { trigger: t } : {}),
    ...(typeof topic === 'string' ? { topic } : {}),
  });
}

/** A location message as it goes on the wire. */
export interface OwnTracksLocation {
  readonly _type: 'location';
  readonly lat: number;
  readonly lon: number;
  readonly tst: number;
  readonly acc?: number;
  readonly vel?: number;
  readonly cog?: number;
  readonly alt?: number;
  readonly batt?: number;
  readonly tid?: string;
  readonly t?: string;
}

/**
 * Writes a fix as an OwnTracks location message. The format has whole numbers for everything but the coordinates, so
 * time is cut to the second and speed rounded to the nearest km/h; coordinates keep seven decimals (1 cm).
 */
export function encodeOwnTracks(fix: PositionFix, extras: OwnTracksExtras = {}): OwnTracksLocation {
  const [lon, lat] = fix.position;
  const { accuracy, speed, bearing, altitude, battery } = fix;
  return {
    _type: 'location',
    lat: toSevenDecimals(lat),
    lon: toSevenDecimals(lon),
    tst: Math.floor(fix.eventAt / 1000),
    ...(accuracy === undefined ? {} : { acc: Math.round(accuracy) }),
    ...(speed === undefined ? {} : { vel: Math.round(speed * 3.6) }),
    ...(bearing === undefined ? {} : { cog: Math.round(bearing) % 360 }),
    ...(altitude === undefined ? {} : { alt: Math.round(altitude) }),
    ...(battery === undefined ? {} : { batt: Math.round(battery * 100) }),
    ...(extras.trackerId === undefined ? {} : { tid: extras.trackerId }),
    ...(extras.trigger === undefined ? {} : { t: extras.trigger }),
  };
}

const toSevenDecimals = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** A message for the app in the answer to an HTTP post: a request to report now, or the position of a colleague. */
export type OwnTracksMessage =
  | { readonly _type: 'cmd'; readonly action: 'reportLocation' }
  | OwnTracksLocation;

/** The body that answers an HTTP post: a JSON array, empty when there is nothing to say to the app. */
export const encodeOwnTracksReply = (messages: readonly OwnTracksMessage[] = []): string =>
  JSON.stringify(messages);
