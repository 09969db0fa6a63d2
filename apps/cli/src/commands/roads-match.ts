import type { LonLat } from '@lamplight/base';
import {
  createMatcher,
  createMetric,
  type FixMatch,
  geometryAlong,
  type RoadNetwork,
  type TraceMatch,
} from '@lamplight/roads';
import type { Command } from 'commander';
import { refused } from '../failure.js';
import { printGeoJson } from '../geojson.js';
import type { Registrar } from '../program.js';
import { openNetworkFile } from '../road-files.js';
import type { Terminal } from '../terminal.js';
import { readTraces } from '../traces/read-traces.js';
import type { Trace } from '../traces/trace.js';

interface MatchOptions {
  readonly network: string;
  readonly trace: string;
  readonly againstOneway?: true;
  readonly out?: string;
}

export function registerRoadsMatch({ finish, act }: Registrar, roads: Command): void {
  const command = roads
    .command('match')
    .description('Find the way that a vehicle drove from the fixes of its receiver, as GeoJSON')
    .requiredOption('--network <file>', 'a network file')
    .requiredOption('--trace <file>', 'fixes with times: CSV, GeoJSON or GPX')
    .option('--against-oneway', 'it may have gone against one-way streets and taken forbidden turns')
    .option('--out <file>', 'write there instead of to standard output')
    .action(act<MatchOptions>(match));
  finish(
    command,
    `
Traces are one of these, told by content:
  CSV       time,lon,lat, one fix a row; accuracy (m), bearing (degrees), speed (m/s) where known; trip for several traces
  GeoJSON   LineString features with the property coordTimes or times, one time for each point
  GPX       tracks whose points have times
Times are RFC 3339, a wall clock as 2026-03-14 08:15:30, or seconds.

The result has one LineString for each way without a gap (trip, segment, metres, firstFix, lastFix) and one Point for each
fix (trip, fix, and segment, confidence in [0, 1], metres from the fix to the road; or unmatched with the reason: invalid,
out-of-order, off-road, outlier). Fixes count from 0. With --out, the counts are told; with --json as file, bytes, fixes,
matched, unmatched by reason, segments, metres.

Examples:
  $ lamplight roads match --network sf.roads --trace engine-7.gpx --out engine-7.geojson
  $ lamplight roads match --network sf.roads --trace fixes.csv --against-oneway
What happens next: open the file in QGIS or on https://geojson.io.
`,
  );
}

async function match(terminal: Terminal, options: MatchOptions): Promise<undefined> {
  const network = await openNetworkFile(terminal, options.network);
  const traces = (await readTraces(options.trace)).filter(({ fixes }) => fixes.length > 0);
  if (traces.length === 0) throw refused('refused.no-fixes', { file: options.trace });
  const matcher = createMatcher(createMetric(network), { againstOneWay: options.againstOneway === true });
  const matches = traces.map((trace) => ({ trace, found: matcher.match(trace.fixes) }));

  const counts = countMatches(matches.map(({ found }) => found));
  const features = matches.flatMap(({ trace, found }) => [
    ...listWays(network, trace, found),
    ...listFixes(trace, found),
  ]);
  await printGeoJson(terminal, { type: 'FeatureCollection', features }, options.out, counts);
  if (options.out === undefined || terminal.json) return;
  const { fixes, matched, segments, metres } = counts;
  terminal.say('roads.matched', { fixes, matched, segments, metres: Math.round(metres) });
  for (const [reason, count] of Object.entries(counts.unmatched)) {
    terminal.say('roads.unmatched', { reason, count });
  }
}

function countMatches(found: readonly TraceMatch[]) {
  const unmatched: Record<string, number> = {};
  const fixes = found.flatMap((each) => each.fixes);
  for (const fix of fixes) {
    if (fix.kind === 'unmatched') unmatched[fix.reason] = (unmatched[fix.reason] ?? 0) + 1;
  }
  const segments = found.flatMap((each) => each.segments);
  return {
    fixes: fixes.length,
    matched: fixes.filter(({ kind }) => kind === 'matched').length,
    unmatched,
    segments: segments.length,
    metres: segments.reduce((sum, { length }) => sum + length, 0),
  };
}

/** The ways driven. One on which the vehicle stood still has no line, only fixes. */
function listWays(network: RoadNetwork, { id }: Trace, { segments }: TraceMatch) {
  return segments.flatMap(({ firstFix, lastFix, length, parts }, segment) => {
    const coordinates = geometryAlong(network, parts);
    if (coordinates.length < 2) return [];
    return [
      {
        type: 'Feature',
        properties: { trip: id, segment, metres: length, firstFix, lastFix },
        geometry: { type: 'LineString', coordinates },
      },
    ];
  });
}

function listFixes({ id, fixes }: Trace, found: TraceMatch) {
  return fixes.map(({ position }, fix) => {
    const matched = found.fixes[fix];
    return {
      type: 'Feature',
      properties: { trip: id, fix, ...propertiesOf(matched) },
      geometry: { type: 'Point', coordinates: placeOf(matched) ?? position },
    };
  });
}

const placeOf = (matched: FixMatch | undefined): LonLat | undefined =>
  matched?.kind === 'matched' ? matched.snap.position : undefined;

function propertiesOf(matched: FixMatch | undefined): Readonly<Record<string, unknown>> {
  if (matched?.kind !== 'matched') return { unmatched: matched?.reason ?? 'invalid' };
  const { segment, confidence, snap } = matched;
  return { segment, confidence, metres: snap.distance };
}
