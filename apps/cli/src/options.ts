import { type Instant, isLonLat, type LonLat, parseInstant } from '@lamplight/base';
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

/** A reader of numbers in a range; `whole` refuses fractions. */
export function numberBetween(minimum: number, maximum: number, whole = false): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= minimum && value <= maximum && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`must be a ${whole ? 'whole ' : ''}number from ${minimum} to ${maximum}.`);
  };
}

export const parsePort = numberBetween(0, 65_535, true);
