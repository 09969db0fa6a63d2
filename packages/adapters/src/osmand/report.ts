import { type Instant, ok } from '@lamplight/base';
import { type CodecResult, fail } from '../failure.js';
import {
  type Fields,
  isAbsent,
  isFields,
  jsonNumber,
  type OptionalField,
  readPosition,
  readQuantities,
  textNumber,
} from '../fields.js';
import type { PositionFix } from '../position-fix.js';
import { readTimestamp } from './timestamp.js';

/*
 * The OsmAnd protocol of Traccar, https://www.traccar.org/osmand/: query or form parameters, sent by OsmAnd, older
 * Traccar Clients and many other loggers; and a JSON body, sent by Traccar Client from version 9.
 */

export interface OsmAndReport {
  /** What the device calls itself. A claim: the caller checks it against the credentials. */
  readonly deviceId: string;
  readonly fix: PositionFix;
}

/** The international knot is 1852 metres an hour. */
const knotsToMetresPerSecond = (knots: number): number => (knots * 1852) / 3600;

/**
 * Reads decoded query or form parameters: `id` or `deviceid`; `lat` and `lon`, or `location=lat,lon`; `timestamp`;
 * `speed` (knots), `bearing` or `heading`, `altitude` and `accuracy` (metres), `batt` (per cent), `valid`. Unknown
 * parameters are ignored. A report without a timestamp is taken to be of `receivedAt`. Never throws.
 */
export function parseOsmAndParameters(parameters: unknown, receivedAt: Instant): CodecResult<OsmAndReport> {
  if (!isFields(parameters)) return fail('malformed', '', 'must be a set of parameters');
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) return fail('invalid-field', name, 'is given more than once');
  }

  const deviceId = readDeviceId(...firstOf(parameters, 'id', 'deviceid'));
  if (!deviceId.ok) return deviceId;

  const valid = parameters.valid;
  if (valid === 'false' || valid === '0')
    return fail('no-fix', 'valid', 'says that there is no valid position');

  const [lat, lon] = coordinatesOf(parameters);
  if (isAbsent(lat[1]) && isAbsent(lon[1])) {
    return fail('not-a-position', 'lat', 'is absent, as are lon and location');
  }
  const position = readPosition(textNumber, lon, lat);
  if (!position.ok) return position;

  const eventAt = isAbsent(parameters.timestamp)
    ? ok(receivedAt)
    : readTimestamp(parameters.timestamp, 'timestamp');
  if (!eventAt.ok) return eventAt;

  const [bearingName, bearing] = firstOf(parameters, 'bearing', 'heading');
  const quantities = readQuantities(textNumber, [
    { quantity: 'accuracy', name: 'accuracy', value: parameters.accuracy },
    {
      quantity: 'speed',
      name: 'speed',
      value: parameters.speed,
      toOurs: knotsToMetresPerSecond,
    },
    { quantity: 'bearing', name: bearingName, value: bearing },
    { quantity: 'altitude', name: 'altitude', value: parameters.altitude },
    { quantity: 'battery', name: 'batt', value: parameters.batt, toOurs: (percent) => percent / 100 },
  ]);
  if (!quantities.ok) return quantities;

  return ok({
    deviceId: deviceId.value,
    fix: { position: position.value, eventAt: eventAt.value, ...quantities.value },
  });
}

/**
 * Reads the decoded JSON body: `{ device_id, location: { timestamp, coords: { latitude, longitude, accuracy, speed,
 * heading, altitude }, battery: { level } } }`, speed in m/s and battery level from 0 to 1. A body without `coords`
 * (the app reports other events too) is `not-a-position`. Never throws.
 */
export function parseOsmAndJson(body: unknown): CodecResult<OsmAndReport> {
  if (!isFields(body)) return fail('malformed', '', 'must be a JSON object');
  const deviceId = readDeviceId('device_id', body.device_id);
  if (!deviceId.ok) return deviceId;

  const location = body.location;
  if (isAbsent(location)) return fail('not-a-position', 'location', 'is absent');
  if (!isFields(location)) return fail('invalid-field', 'location', 'must be an object');
  const coords = location.coords;
  if (isAbsent(coords)) return fail('not-a-position', 'location.coords', 'is absent');
  if (!isFields(coords)) return fail('invalid-field', 'location.coords', 'must be an object');

  const position = readPosition(
    jsonNumber,
    ['location.coords.longitude', coords.longitude],
    ['location.coords.latitude', coords.latitude],
  );
  if (!position.ok) return position;

  if (isAbsent(location.timestamp)) return fail('missing-field', 'location.timestamp', 'is required');
  const eventAt = readTimestamp(location.timestamp, 'location.timestamp');
  if (!eventAt.ok) return eventAt;

  const battery = location.battery;
  const ofCoords = (quantity: OptionalField['quantity'], name: string): OptionalField => ({
    quantity,
    name: `location.coords.${name}`,
    value: coords[name],
  });
  const quantities = readQuantities(jsonNumber, [
    ofCoords('accuracy', 'accuracy'),
    ofCoords('speed', 'speed'),
    ofCoords('bearing', 'heading'),
    ofCoords('altitude', 'altitude'),
    {
      quantity: 'battery',
      name: 'location.battery.level',
      value: isFields(battery) ? battery.level : undefined,
    },
  ]);
  if (!quantities.ok) return quantities;

  return ok({
    deviceId: deviceId.value,
    fix: { position: position.value, eventAt: eventAt.value, ...quantities.value },
  });
}

type NamedValue = readonly [name: string, value: unknown];

/** The first of two names that has a value; the first name when neither has. */
function firstOf(fields: Fields, name: string, otherName: string): NamedValue {
  return isAbsent(fields[name]) && !isAbsent(fields[otherName])
    ? [otherName, fields[otherName]]
    : [name, fields[name]];
}

function readDeviceId(name: string, value: unknown): CodecResult<string> {
  if (isAbsent(value)) return fail('missing-field', name, 'is required');
  if (typeof value !== 'string') return fail('invalid-field', name, 'must be text');
  return ok(value);
}

/** Latitude and longitude with their names, from `lat` and `lon` or from the two halves of `location`. */
function coordinatesOf(parameters: Fields): readonly [lat: NamedValue, lon: NamedValue] {
  const { lat, lon, location } = parameters;
  if (isAbsent(lat) && isAbsent(lon) && typeof location === 'string' && location !== '') {
    const [first, second, ...rest] = location.split(',');
    return rest.length > 0
      ? [
          ['location', location],
          ['location', location],
        ]
      : [
          ['location', first],
          ['location', second],
        ];
  }
  return [
    ['lat', lat],
    ['lon', lon],
  ];
}
