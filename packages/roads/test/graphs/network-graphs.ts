import { bearing } from '@lamplight/base';
import type { RoadNetwork } from '../../src/index.js';
import { at, positionAt } from '../../src/network/network.js';
import type { SearchGraph } from '../../src/search/graph.js';
import { type Step, searchGraphOf } from './search-graph.js';

/** The network as it is: a node for each of its nodes, a step for each arc. */
export function nodeGraph({ nodeCount, arrays }: RoadNetwork): SearchGraph {
  return {
    nodeCount,
    leaving: { first: arrays.firstArc, node: arrays.arcHead, weight: arrays.arcDuration },
    entering: {
      first: arrays.firstIncoming,
      node: arrays.incomingTail,
      weight: arrays.incomingArc.map((arc) => at(arrays.arcDuration, arc)),
      step: arrays.incomingArc,
    },
  };
}

/**
 * A node for each arc ("at its end"), a step for each turn: what the next arc takes and a delay that grows with the
 * angle: none straight on, 2 s to the right, 5 s to the left, 10 s to turn round, which is allowed everywhere.
 */
export function turnGraph(network: RoadNetwork): SearchGraph {
  const { arrays, arcCount } = network;
  const steps: Step[] = [];
  for (let arc = 0; arc < arcCount; arc++) {
    const node = at(arrays.arcHead, arc);
    for (let next = at(arrays.firstArc, node); next < at(arrays.firstArc, node + 1); next++) {
      steps.push({
        from: arc,
        to: next,
        weight: at(arrays.arcDuration, next) + delayOf(network, arc, next),
      });
    }
  }
  return searchGraphOf(arcCount, steps);
}

function delayOf(network: RoadNetwork, arc: number, next: number): number {
  const { arcEdge } = network.arrays;
  if (at(arcEdge, arc) >>> 1 === at(arcEdge, next) >>> 1) return 100;
  const turn = ((headingOf(network, next, 'start') - headingOf(network, arc, 'end') + 540) % 360) - 180;
  if (Math.abs(turn) < 30) return 0;
  return turn > 0 ? 20 : 50;
}

/** The bearing of the first or last segment of an arc, as it is driven. */
function headingOf({ arrays }: RoadNetwork, arc: number, where: 'start' | 'end'): number {
  const edge = at(arrays.arcEdge, arc) >>> 1;
  const isAgainst = (at(arrays.arcEdge, arc) & 1) === 1;
  const first = at(arrays.firstPoint, edge);
  const last = at(arrays.firstPoint, edge + 1) - 1;
  const isAtFirst = (where === 'start') !== isAgainst;
  const low = positionAt(arrays.points, isAtFirst ? first : last - 1);
  const high = positionAt(arrays.points, isAtFirst ? first + 1 : last);
  return isAgainst ? bearing(high, low) : bearing(low, high);
}
