import Flatbush from 'flatbush';
import { at, type NetworkArrays } from './network.js';

/**
 * A packed tree over all segments of all edges, in units of 1e-7 degrees. Segment s is the s-th piece between two
 * points, counted through all edges; see `edgeOfSegment`. Stored in the file, so that opening a network builds nothing.
 */
export function buildSegmentIndex(firstPoint: Uint32Array, points: Int32Array): Uint8Array {
  const edgeCount = firstPoint.length - 1;
  const index = new Flatbush(at(firstPoint, edgeCount) - edgeCount, 16, Int32Array);
  for (let edge = 0; edge < edgeCount; edge++) {
    for (let point = at(firstPoint, edge) + 1; point < at(firstPoint, edge + 1); point++) {
      const lonA = at(points, 2 * point - 2);
      const latA = at(points, 2 * point - 1);
      const lonB = at(points, 2 * point);
      const latB = at(points, 2 * point + 1);
      index.add(Math.min(lonA, lonB), Math.min(latA, latB), Math.max(lonA, lonB), Math.max(latA, latB));
    }
  }
  index.finish();
  return new Uint8Array(index.data);
}

export function openSegmentIndex({ segmentIndex }: NetworkArrays): Flatbush {
  return Flatbush.from(segmentIndex.buffer, segmentIndex.byteOffset);
}

/** The edge that a segment is a part of, by binary search: O(log edges). */
export function edgeOfSegment({ firstPoint }: NetworkArrays, segment: number): number {
  // An edge of n points has n − 1 segments, so edge e begins at segment firstPoint[e] − e.
  let low = 0;
  let high = firstPoint.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (at(firstPoint, middle) - middle <= segment) low = middle;
    else high = middle - 1;
  }
  return low;
}
