import type { OsmTags } from '@lamplight/roads';
import type { DrawingTable } from '../features/drawings.js';
import { growingFloat64, growingUint32 } from '../growing.js';
import { boundaryLevel, type Drawing, drawAreaPoints, drawAreas, drawLine } from '../schema/index.js';

/** What a way is needed for. */
interface KeptWay {
  readonly nodes: Float64Array;
  /** Indices of what is drawn along it, as an area, and in the middle of that. */
  readonly lines: readonly number[];
  readonly areas: readonly number[];
  readonly points: readonly number[];
}

/** The ways that are drawn or that outline something, in the order of the extract. */
export class WayTable {
  readonly #table: DrawingTable;
  readonly #members: ReadonlySet<number>;
  readonly #refs = growingFloat64();
  readonly #refStart = growingUint32();
  readonly #drawings = growingUint32();
  readonly #drawingStart = growingUint32();
  readonly #memberAt = new Map<number, number>();
  readonly #levels = new Map<number, number>();
  readonly #coast: number[] = [];

  /** `members` are the ways that relations need, whatever their own tags say. */
  constructor(table: DrawingTable, members: ReadonlySet<number>) {
    this.#table = table;
    this.#members = members;
  }

  add(id: number, refs: readonly number[], tags: OsmTags): void {
    const closed = refs.length >= 4 && refs[0] === refs[refs.length - 1];
    const drawn: Drawing[] = [];
    if (tags.size > 0) {
      const line = drawLine(tags);
      if (line) drawn.push(line);
      if (closed) {
        const areas = line?.layer === 'roads' && tags.get('area') !== 'yes' ? [] : drawAreas(tags);
        drawn.push(...areas, ...drawAreaPoints(tags));
      }
    }
    const coast = tags.get('natural') === 'coastline';
    const level = boundaryLevel(tags);
    const member = this.#members.has(id);
    if (drawn.length === 0 && !coast && !member && level === undefined) return;

    const index = this.#refStart.length;
    if (member) this.#memberAt.set(id, index);
    if (level !== undefined) this.#levels.set(index, level);
    if (coast) this.#coast.push(index);
    this.#refStart.push(this.#refs.length);
    this.#refs.reserve(refs.length);
    this.#refs.data.set(refs, this.#refs.length);
    this.#refs.length += refs.length;
    this.#drawingStart.push(this.#drawings.length);
    for (const drawing of drawn) this.#drawings.push(this.#table.indexOf(drawing));
  }

  get count(): number {
    return this.#refStart.length;
  }

  /** Every node of every kept way, as often as it is named. */
  get nodeIds(): Growing64 {
    return this.#refs;
  }

  /** Ways of the coast, land on the left. */
  get coast(): readonly number[] {
    return this.#coast;
  }

  /** Administrative levels of ways, by index: their own tags first, lowered by `lowerLevel`. */
  get levels(): ReadonlyMap<number, number> {
    return this.#levels;
  }

  /** Index of a way that a relation needs, or `undefined` when the extract does not have it. */
  findMember(id: number): number | undefined {
    return this.#memberAt.get(id);
  }

  lowerLevel(index: number, level: number): void {
    this.#levels.set(index, Math.min(level, this.#levels.get(index) ?? level));
  }

  refs(index: number): Float64Array {
    const refs = this.#refs.data;
    return refs.subarray(this.#refStart.data[index], this.#endOf(index));
  }

  way(index: number): KeptWay {
    const first = this.#drawingStart.data[index] ?? 0;
    const end = index + 1 < this.count ? (this.#drawingStart.data[index + 1] ?? 0) : this.#drawings.length;
    const of = { line: [] as number[], area: [] as number[], point: [] as number[] };
    for (let i = first; i < end; i++) {
      const drawing = this.#drawings.data[i] ?? 0;
      of[this.#table.at(drawing).shape].push(drawing);
    }
    return { nodes: this.refs(index), lines: of.line, areas: of.area, points: of.point };
  }

  #endOf(index: number): number {
    return index + 1 < this.count ? (this.#refStart.data[index + 1] ?? 0) : this.#refs.length;
  }
}

type Growing64 = ReturnType<typeof growingFloat64>;
