import { type Attributes, type Drawing, NEAR_FIELDS } from '../schema/index.js';

/**
 * The drawings met so far, each kept once: a city has a million buildings and a few thousand things to say about them.
 * A drawing is known by its index; its fields, with and without those of no use from afar, by theirs.
 */
export interface DrawingTable {
  /** The index of a drawing equal to this one. */
  indexOf(drawing: Drawing): number;
  at(index: number): Drawing;
  /** Index of the fields of a drawing, near or from afar; equal fields have the same index. */
  fieldsOf(index: number, near: boolean): number;
  fields(index: number): Attributes;
}

export function createDrawingTable(): DrawingTable {
  const drawings: Drawing[] = [];
  const near: number[] = [];
  const far: number[] = [];
  const fields: Attributes[] = [];
  const drawingByKey = new Map<string, number>();
  const fieldsByKey = new Map<string, number>();

  const keep = (attributes: Attributes): number => {
    const key = JSON.stringify(attributes);
    const known = fieldsByKey.get(key);
    if (known !== undefined) return known;
    fieldsByKey.set(key, fields.length);
    return fields.push(attributes) - 1;
  };

  return {
    indexOf(drawing) {
      const key = JSON.stringify(drawing);
      const known = drawingByKey.get(key);
      if (known !== undefined) return known;
      near.push(keep(drawing.attributes));
      const distant = Object.entries(drawing.attributes).filter(([name]) => !NEAR_FIELDS.has(name));
      far.push(keep(Object.fromEntries(distant)));
      drawingByKey.set(key, drawings.length);
      return drawings.push(drawing) - 1;
    },
    at(index) {
      const drawing = drawings[index];
      if (!drawing) throw new RangeError(`no drawing ${index}`);
      return drawing;
    },
    fieldsOf: (index, isNear) => (isNear ? near[index] : far[index]) ?? 0,
    fields: (index) => fields[index] ?? {},
  };
}
