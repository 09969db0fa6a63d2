import { StoreError } from '../errors.js';

/** A JSON value. A property that is `undefined` counts as absent. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/**
 * The canonical text of a JSON value: keys sorted by UTF-16 code unit, no blanks, numbers and strings as ECMAScript
 * prints them (RFC 8785, JSON Canonicalization Scheme). A round trip through PostgreSQL's jsonb, which sorts keys
 * in its own way and keeps numbers as decimals, gives the same text again.
 *
 * Throws `not-storable`, naming the place, for what would not survive: NaN and infinities, U+0000 and lone
 * surrogates (jsonb takes neither), `undefined` in a list, and anything that is not plain data.
 */
export function canonicalJson(value: unknown): string {
  return write(value, []);
}

/** The value as it will be read back: `undefined` dropped, -0 as 0, shared with nobody. */
export function parseCanonical(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

type Place = (string | number)[];

function write(value: unknown, place: Place): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, place);
    case 'number':
      if (!Number.isFinite(value)) throw notStorable(place, `is ${value}`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeList(value, place) : writeObject(value, place);
    default:
      throw notStorable(place, `is of type ${typeof value}`);
  }
}

function writeString(text: string, place: Place): string {
  if (text.includes('\u0000')) throw notStorable(place, 'contains the character U+0000');
  if (/\p{Surrogate}/u.test(text)) throw notStorable(place, 'contains half of a surrogate pair');
  return JSON.stringify(text);
}

function writeList(list: readonly unknown[], place: Place): string {
  const items: string[] = [];
  for (let index = 0; index < list.length; index++) {
    place.push(index);
    items.push(write(list[index], place));
    place.pop();
  }
  return `[${items.join(',')}]`;
}

function writeObject(value: object, place: Place): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw notStorable(place, `is an instance of ${value.constructor.name}, not plain data`);
  }
  const entries: [string, unknown][] = Object.entries(value);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  const members: string[] = [];
  for (const [key, member] of entries) {
    if (member === undefined) continue;
    place.push(key);
    members.push(`${writeString(key, place)}:${write(member, place)}`);
    place.pop();
  }
  return `{${members.join(',')}}`;
}

function notStorable(place: Place, why: string): StoreError {
  return new StoreError(
    'not-storable',
    `The value at $.${place.join('.')} ${why} and cannot be stored as JSON.`,
  );
}
