import { createRandom } from '@lamplight/base';
import { describe, expect, it } from 'vitest';
import {
  createPointQuery,
  hierarchyFits,
  openHierarchy,
  prepareHierarchy,
  serializeHierarchy,
} from '../src/hierarchy/index.js';
import { CLOSED, type SearchGraph } from '../src/search/graph.js';
import { randomGraph, searchGraphOf } from './graphs/search-graph.js';

const graph = randomGraph(createRandom('file'), 12, 40);
const hierarchy = prepareHierarchy(graph);
const file = serializeHierarchy(hierarchy);

describe('the file of a hierarchy', () => {
  it('opens to the hierarchy that was written', () => {
    expect(openHierarchy(file)).toEqual({ ok: true, value: hierarchy });
  });

  it('is the same when written again, also from an opened one', () => {
    const opened = openHierarchy(file);
    expect(opened.ok && serializeHierarchy(opened.value)).toEqual(file);
  });

  it('opens to nothing when there was nothing', () => {
    const empty = prepareHierarchy(searchGraphOf(0, []));
    expect(openHierarchy(serializeHierarchy(empty))).toEqual({ ok: true, value: empty });
  });

  it('is looked into where it lies, without a copy, also at a multiple of four in a larger buffer', () => {
    const large = new Uint8Array(file.length + 4);
    large.set(file, 4);
    const opened = openHierarchy(large.subarray(4));
    expect(opened.ok && opened.value.arrays.rising.buffer).toBe(large.buffer);
    expect(opened).toEqual({ ok: true, value: hierarchy });
  });

  it('opens at an odd place', () => {
    const large = new Uint8Array(file.length + 3);
    large.set(file, 3);
    expect(openHierarchy(large.subarray(3))).toEqual({ ok: true, value: hierarchy });
  });

  it('opens in shared memory and is searched there', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(file.length));
    shared.set(file);
    const opened = openHierarchy(shared);
    if (!opened.ok) throw new Error(opened.error.message);
    expect(opened.value.arrays.rising.buffer).toBeInstanceOf(SharedArrayBuffer);
    const [here, there] = [createPointQuery(hierarchy), createPointQuery(opened.value)];
    for (let node = 0; node < 12; node++) {
      const ends = [[{ node: 0, duration: 0 }], [{ node, duration: 0 }]] as const;
      expect(there.path(...ends)).toEqual(here.path(...ends));
    }
  });

  it('is refused with any one byte changed', () => {
    for (let byte = 0; byte < file.length; byte++) {
      const damaged = file.slice();
      damaged[byte] = (damaged[byte] ?? 0) ^ (1 << (byte % 8));
      const opened = openHierarchy(damaged);
      const expected =
        byte < 8 ? 'not-a-hierarchy' : byte < 12 ? 'hierarchy-version' : /^hierarchy-(checksum|truncated)$/;
      expect(opened.ok).toBe(false);
      if (!opened.ok) expect(opened.error.code).toMatch(expected);
    }
  });

  it('is refused when cut at any byte, and with something after its end', () => {
    for (let length = 0; length < file.length; length++) {
      const opened = openHierarchy(file.slice(0, length));
      expect(opened.ok).toBe(false);
      if (!opened.ok) {
        expect(opened.error.code).toBe(length < 8 ? 'not-a-hierarchy' : 'hierarchy-truncated');
      }
    }
    const longer = new Uint8Array(file.length + 4);
    longer.set(file);
    expect(openHierarchy(longer)).toMatchObject({ ok: false, error: { code: 'hierarchy-checksum' } });
  });
});

describe('the fingerprint of a graph', () => {
  const changed = (what: 'first' | 'node' | 'weight', value: (old: number) => number): SearchGraph => {
    const leaving = { ...graph.leaving, [what]: graph.leaving[what].slice() };
    leaving[what][5] = value(leaving[what][5] ?? 0);
    return { ...graph, leaving };
  };

  it('fits the graph that the hierarchy was prepared for', () => {
    expect(hierarchyFits(hierarchy, graph)).toBe(true);
    const opened = openHierarchy(file);
    expect(opened.ok && hierarchyFits(opened.value, graph)).toBe(true);
  });

  it('does not fit when one weight, one head or one first step differs, or a step is closed', () => {
    expect(
      hierarchyFits(
        hierarchy,
        changed('weight', (old) => (old ^ 1) >>> 0),
      ),
    ).toBe(false);
    expect(
      hierarchyFits(
        hierarchy,
        changed('weight', (old) => (old === CLOSED ? 1 : CLOSED)),
      ),
    ).toBe(false);
    expect(
      hierarchyFits(
        hierarchy,
        changed('node', (old) => (old + 1) % 12),
      ),
    ).toBe(false);
    expect(
      hierarchyFits(
        hierarchy,
        changed('first', (old) => old + 1),
      ),
    ).toBe(false);
  });

  it('does not fit a graph with one node more', () => {
    expect(hierarchyFits(prepareHierarchy(searchGraphOf(2, [])), searchGraphOf(3, []))).toBe(false);
  });
});
