import type { OsmFormat } from '@lamplight/roads';

/** Why something that looked like a place or an address was left out, or kept with a reservation. */
export const DROP_REASONS = [
  /** A house number without street or place. */
  'address-without-street',
  /** A house number in which no number can be found. */
  'number-unreadable',
  /** The same house number of the same street within a few metres. */
  'duplicate-address',
  /** The same name of the same kind near by: two drawings of one thing. */
  'duplicate-place',
  /** A line between house numbers that lacks its ends, or whose ends do not fit. */
  'interpolation-unusable',
  /** An outline that does not close, mostly at the edge of the extract. */
  'boundary-open',
  /** A node that something needs is not in the extract. */
  'missing-node',
  /** A kilometre post without a road number or without kilometres. */
  'post-without-code',
] as const;

export type DropReason = (typeof DROP_REASONS)[number];

/** What was found in an extract, and what was left out by reason. */
export interface BuildReport {
  readonly format: OsmFormat;
  readonly places: number;
  readonly streets: number;
  readonly areas: number;
  readonly addresses: number;
  /** Of `addresses`, those estimated along interpolation lines. */
  readonly interpolated: number;
  readonly junctions: number;
  readonly posts: number;
  readonly dropped: Readonly<Record<DropReason, number>>;
}

export function noneDropped(): Record<DropReason, number> {
  return {
    'address-without-street': 0,
    'number-unreadable': 0,
    'duplicate-address': 0,
    'duplicate-place': 0,
    'interpolation-unusable': 0,
    'boundary-open': 0,
    'missing-node': 0,
    'post-without-code': 0,
  };
}
