import Pbf from 'pbf';
import { OsmFault } from './visitor.js';

/** A message inside the bytes: where it starts, and where it ends. */
export type Range = readonly [start: number, end: number];

/**
 * Protocol Buffers reading that refuses to leave its bytes. `pbf` itself trusts lengths and reads zeros past the
 * end; here every length is held against what is there before it is followed.
 */
export class Wire {
  readonly #pbf: Pbf;
  /** Where these bytes lie in the file, for messages. */
  readonly #byte: number;

  constructor(bytes: Uint8Array, byte: number) {
    this.#pbf = new Pbf(bytes);
    this.#byte = byte;
  }

  /** Calls `visit` with the number of each field up to `end`; a field that it does not read is skipped. */
  fields(end: number, visit: (field: number) => void): void {
    const pbf = this.#pbf;
    try {
      pbf.readFields(visit, undefined, end);
    } catch (cause) {
      throw isMalformed(cause) ? this.fault(cause.message) : cause;
    }
    if (pbf.pos !== end) this.fail('a message does not end where it should');
  }

  /** All fields of the message. */
  all(visit: (field: number) => void): void {
    this.fields(this.#pbf.length, visit);
  }

  /** The fields of the message that lies in the field being visited. */
  message(visit: (field: number) => void): void {
    this.fields(this.#lengthDelimited(), visit);
  }

  /** Where the message in the field being visited lies; reading goes on after it. */
  range(): Range {
    const end = this.#lengthDelimited();
    const start = this.#pbf.pos;
    this.#pbf.pos = end;
    return [start, end];
  }

  /** Goes to a range that was noted before. */
  at([start, end]: Range, visit: (field: number) => void): void {
    this.#pbf.pos = start;
    this.fields(end, visit);
  }

  bytes(): Uint8Array {
    const [start, end] = this.range();
    return this.#pbf.buf.subarray(start, end);
  }

  unsigned(): number {
    return this.#pbf.readVarint();
  }

  signed(): number {
    return this.#pbf.readVarint(true);
  }

  zigzag(): number {
    return this.#pbf.readSVarint();
  }

  /** Appends the unsigned numbers of the field, packed or single. */
  unsignedList(into: number[]): void {
    const pbf = this.#pbf;
    if (pbf.type !== 2) {
      into.push(pbf.readVarint());
      return;
    }
    const end = this.#lengthDelimited();
    while (pbf.pos < end) into.push(pbf.readVarint());
    if (pbf.pos !== end) this.fail('a list does not end where it should');
  }

  /** Appends the zigzag numbers of the packed field, each a difference to the one before it, as running sums. */
  deltaList(into: number[]): void {
    const pbf = this.#pbf;
    let value = into[into.length - 1] ?? 0;
    const end = this.#lengthDelimited();
    while (pbf.pos < end) {
      value += pbf.readSVarint();
      into.push(value);
    }
    if (pbf.pos !== end) this.fail('a list does not end where it should');
  }

  fail(message: string): never {
    throw this.fault(message);
  }

  fault(message: string): OsmFault {
    return new OsmFault('osm-corrupt', `PBF block: ${message}`, this.#byte);
  }

  #lengthDelimited(): number {
    const pbf = this.#pbf;
    if (pbf.type !== 2) this.fail('a field has the wrong wire type');
    const end = pbf.readVarint() + pbf.pos;
    if (end > pbf.length) this.fail('a length reaches past the end');
    return end;
  }
}

/** The two complaints of `pbf` about its bytes; anything else thrown while reading is a bug and goes on up. */
function isMalformed(cause: unknown): cause is Error {
  return cause instanceof Error && /^(Expected varint|Unimplemented type)/.test(cause.message);
}
