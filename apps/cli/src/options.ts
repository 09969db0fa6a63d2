import { type Instant, isLonLat, type LonLat, parseInstant, type Seconds, seconds } from '@lamplight/base';
import { type DrivingSide, findProfile, PROFILES, type RoadProfile } from '@lamplight/roads';
import { InvalidArgumentError } from 'commander';
import type { Language } from './language.js';
import { isLanguage } from './language.js';

/**
 * Readers of option values. Each throws commander's InvalidArgumentError, which is told with the name of the option,
 * so the text here only gives the reason.
 */

export function parseLanguage(text: string): Language {
  if (isLanguage(text)) return text;
  throw new InvalidArgumentError('must be en or zh-CN.');
}

export function parsePosition(text: string): LonLat {
  const [lon, lat, ...rest] = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (lon !== undefined && lat !== undefined && rest.length === 0 && isLonLat([lon, lat])) return [lon, lat];
  throw new InvalidArgumentError('must be lon,lat in degrees, longitude first, such as -122.41,37.77.');
}

export function parseMoment(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed.ok) return parsed.value;
  throw new InvalidArgumentError(`${parsed.error}.`);
}

export function parseDay(text: string): string {
  if (parseInstant(`${text}T00:00:00Z`).ok) return text;
  throw new InvalidArgumentError('must be a day that exists, as YYYY-MM-DD.');
}

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?$/;

/** A wall clock, whatever its zone: the moment at which a clock in UTC shows it. */
export function findLocalTime(text: string): Instant | undefined {
  const [, day = '', minute = '', second = ':00'] = LOCAL_TIME.exec(text) ?? [];
  const parsed = parseInstant(`${day}T${minute}${second}Z`);
  return parsed.ok ? parsed.value : undefined;
}

export function parseLocalTime(text: string): Instant {
  const local = findLocalTime(text.trim());
  if (local !== undefined) return local;
  throw new InvalidArgumentError(
    'must be a wall clock that exists, as "2026-03-14 08:15", without an offset.',
  );
}

const LONGEST_MINUTES = 240;
const MOST_TIMES = 32;

/** Minutes separated by commas, as seconds in ascending order. */
export function parseMinutes(text: string): Seconds[] {
  const minutes = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (minutes.length <= MOST_TIMES && minutes.every((value) => value > 0 && value <= LONGEST_MINUTES))
    return [...new Set(minutes)].sort((a, b) => a - b).map((value) => seconds(value * 60));
  throw new InvalidArgumentError(
    `must be up to ${MOST_TIMES} numbers above 0 and up to ${LONGEST_MINUTES}, separated by commas, such as 5,10.`,
  );
}

export function parseProfileName(text: string): RoadProfile {
  const profile = findProfile(text);
  if (profile) return profile;
  throw new InvalidArgumentError(`must be one of ${PROFILES.map(({ name }) => name).join(', ')}.`);
}

export function parseDrivingSide(text: string): DrivingSide {
  if (text === 'right' || text === 'left') return text;
  throw new InvalidArgumentError('must be right or left.');
}

/** A reader of numbers in a range; `whole` refuses fractions. */
export function numberBetween(minimum: number, maximum: number, whole = false): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= minimum && value <= maximum && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`must be a ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}.`);
  };
}

export const parsePort = numberBetween(0, 65_535, true);
