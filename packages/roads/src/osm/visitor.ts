import type { OsmError } from '../errors.js';

/** The tags of an OSM object, by key. */
export type OsmTags = ReadonlyMap<string, string>;

export interface OsmMember {
  readonly type: 'node' | 'way' | 'relation';
  readonly id: number;
  readonly role: string;
}

/**
 * What a reader tells while it goes through a file, in the order of the file. Members left out are not decoded,
 * which is how a second pass skips what the first has taken. Positions are degrees in WGS 84.
 */
export interface OsmVisitor {
  node?(id: number, lon: number, lat: number, tags: OsmTags): void;
  way?(id: number, refs: readonly number[], tags: OsmTags): void;
  relation?(id: number, members: readonly OsmMember[], tags: OsmTags): void;
  /** Called now and then with the share of the bytes read so far, in [0, 1]. */
  progress?(fraction: number): void;
}

export const NO_TAGS: OsmTags = new Map();

/** Carries a refusal out of the depth of a reader to `readOsm`, which turns it into a `Result`. */
export class OsmFault extends Error {
  readonly error: OsmError;

  constructor(code: OsmError['code'], message: string, byte?: number) {
    super(message);
    this.error = byte === undefined ? { code, message } : { code, message, byte };
  }
}
