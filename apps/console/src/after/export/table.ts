import { type Instant, toWallClock } from '@lamplight/base';

/** A moment is written as the agency's clocks showed it. */
export type Cell = string | number | null | { readonly at: Instant };

/** A table that leaves the page: to a spreadsheet, in the reader's language. */
export interface ExportTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** `2026-01-31 08:15:30` on the wall of the agency. */
export function wallText(at: Instant, zone: string): string {
  const { year, month, day, hour, minute, second } = toWallClock(at, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
