/**
 * Physical units as types: a `Seconds` cannot be passed where `Metres` are wanted.
 * Each unit has exactly one cast function, which is the only place where a bare number becomes a unit.
 */
declare const unit: unique symbol;

type Unit<Name extends string> = number & { readonly [unit]: Name };

/** A duration in seconds; fractions allowed. */
export type Seconds = Unit<'s'>;
/** A length along the ground in metres. */
export type Metres = Unit<'m'>;
/** A speed in metres a second. */
export type MetresPerSecond = Unit<'m/s'>;
/** A moment: milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = Unit<'ms since epoch'>;

export const seconds = (value: number): Seconds => value as Seconds;
export const metres = (value: number): Metres => value as Metres;
export const metresPerSecond = (value: number): MetresPerSecond => value as MetresPerSecond;
export const instant = (millisecondsSinceEpoch: number): Instant => millisecondsSinceEpoch as Instant;

/** Kilometres an hour to metres a second. */
export const kilometresPerHour = (value: number): MetresPerSecond => metresPerSecond(value / 3.6);
