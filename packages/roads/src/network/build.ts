import { err, ok, type Result } from '@lamplight/base';
import type { RoadsError } from '../errors.js';
import { type DrivingSide, emergencyProfile, type RoadProfile } from '../profile/index.js';
import { assemble, directedGraph } from './assemble.js';
import { collectRoads } from './collect.js';
import type { RestrictionTally } from './collect-restrictions.js';
import { largestComponent } from './components.js';
import type { RoadNetwork } from './network.js';
import { type BuildReport, type DropReason, noDrops, noneBroken } from './report.js';
import { splitWays } from './split.js';

export type BuildPhase = 'ways' | 'nodes' | 'graph' | 'index';

export interface BuildOptions {
  /** Who will drive; the emergency profile by default. */
  readonly profile?: RoadProfile;
  /** On which side of the road traffic keeps; `right` by default. Tells which turns cross oncoming traffic. */
  readonly drivingSide?: DrivingSide;
  /** Called now and then with the phase of the work and the share of it that is done, in [0, 1]. */
  readonly onProgress?: (phase: BuildPhase, fraction: number) => void;
}

/**
 * Builds the road network of an OpenStreetMap extract (`.osm.pbf`, `.osm` or `.osm.gz`, told by content).
 *
 * Refused with `not-osm`, `osm-truncated`, `osm-corrupt` or `osm-unsupported` when the extract cannot be read, and with
 * `no-roads` when nothing in it can be driven there and back. What was left out is counted in the report by reason.
 */
export function buildNetwork(
  extract: Uint8Array,
  { profile = emergencyProfile, drivingSide = 'right', onProgress = () => {} }: BuildOptions = {},
): Result<{ network: RoadNetwork; report: BuildReport }, RoadsError> {
  const dropped = noDrops();
  const tally: RestrictionTally = { read: 0, exempt: 0, broken: noneBroken() };
  const collected = collectRoads(extract, profile, dropped, tally, onProgress);
  if (!collected.ok) return collected;

  onProgress('graph', 0);
  const pieces = splitWays(collected.value, dropped);
  const { firstArc, arcHead } = directedGraph(pieces);
  const { kept, size } = largestComponent(firstArc, arcHead);
  const disconnected = pieces.edges.filter(({ from, to }) => kept[from] === 0 || kept[to] === 0);
  dropped.disconnected = disconnected.length;
  if (disconnected.length === pieces.edges.length)
    return err({ code: 'no-roads', message: noRoads(dropped) });
  onProgress('graph', 1);

  onProgress('index', 0);
  const nodes = pieces.vertexNode.length;
  const network = assemble(pieces, kept, profile.turns, tally, {
    format: collected.value.format,
    profile: profile.name,
    drivingSide,
    connectedShare: size / nodes,
    disconnectedNodes: nodes - size,
    disconnectedMetres: disconnected.reduce((sum, { lengthMetres }) => sum + lengthMetres, 0),
    barriers: pieces.barriers,
    antimeridianCrossings: pieces.antimeridianCrossings,
    dropped,
  });
  onProgress('index', 1);
  return ok({ network, report: network.report });
}

function noRoads(dropped: Readonly<Record<DropReason, number>>): string {
  const counts = Object.entries(dropped).filter(([, count]) => count > 0);
  const reasons = counts.map(([reason, count]) => `${reason} ${count}`).join(', ');
  return `no connected roads in the extract; left out: ${reasons || 'nothing'}`;
}
