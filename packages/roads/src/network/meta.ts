import { err, ok, type Result } from '@lamplight/base';
import type { RoadNetwork, StreetName } from './network.js';
import { type BuildReport, noDrops, noneBroken } from './report.js';

/**
 * What a network file holds besides arrays: the report and the names, as JSON. A name is [local, en, zh]. Fields come
 * in one order, so that equal networks are equal files.
 */
export function writeMeta({ report, names }: RoadNetwork): unknown {
  const { dropped, restrictions, ...facts } = report;
  return {
    report: {
      ...inOrder(facts),
      dropped: inOrder(dropped),
      restrictions: inOrder({ ...restrictions, broken: inOrder(restrictions.broken) }),
    },
    names: names.map((name) => (name ? [name.local, name.en ?? null, name.zh ?? null] : null)),
  };
}

export function parseMeta(
  json: unknown,
): Result<{ report: BuildReport; names: (StreetName | undefined)[] }, string> {
  if (!isObject(json) || !isObject(json.report) || !Array.isArray(json.names)) {
    return err('the file lacks its report or its names');
  }
  const report = parseReport(json.report);
  return report.ok ? ok({ report: report.value, names: json.names.map(parseName) }) : report;
}

function parseReport(json: Record<string, unknown>): Result<BuildReport, string> {
  const { format, profile, drivingSide, dropped, restrictions } = json;
  if (format !== 'pbf' && format !== 'xml' && format !== 'xml.gz') return err('report: unknown format');
  if (typeof profile !== 'string' || !isObject(dropped)) return err('report: profile or dropped is missing');
  if (drivingSide !== 'right' && drivingSide !== 'left') return err('report: unknown driving side');
  if (!isObject(restrictions) || !isObject(restrictions.broken))
    return err('report: restrictions are missing');
  return ok({
    format,
    profile,
    drivingSide,
    nodes: numberIn(json, 'nodes'),
    edges: numberIn(json, 'edges'),
    arcs: numberIn(json, 'arcs'),
    states: numberIn(json, 'states'),
    turns: numberIn(json, 'turns'),
    stuckStates: numberIn(json, 'stuckStates'),
    lengthMetres: numberIn(json, 'lengthMetres'),
    connectedShare: numberIn(json, 'connectedShare'),
    disconnectedNodes: numberIn(json, 'disconnectedNodes'),
    disconnectedMetres: numberIn(json, 'disconnectedMetres'),
    barriers: numberIn(json, 'barriers'),
    zeroLengthEdges: numberIn(json, 'zeroLengthEdges'),
    antimeridianCrossings: numberIn(json, 'antimeridianCrossings'),
    restrictions: {
      read: numberIn(restrictions, 'read'),
      obeyed: numberIn(restrictions, 'obeyed'),
      disregarded: numberIn(restrictions, 'disregarded'),
      exempt: numberIn(restrictions, 'exempt'),
      partial: numberIn(restrictions, 'partial'),
      broken: countsIn(restrictions.broken, noneBroken()),
    },
    dropped: countsIn(dropped, noDrops()),
  });
}

/** The counts of these reasons. */
function countsIn<Reason extends string>(
  json: Record<string, unknown>,
  counts: Record<Reason, number>,
): Record<Reason, number> {
  for (const reason in counts) counts[reason] = numberIn(json, reason);
  return counts;
}

function parseName(json: unknown): StreetName | undefined {
  if (!Array.isArray(json) || typeof json[0] !== 'string') return undefined;
  const [local, en, zh]: unknown[] = json;
  if (typeof local !== 'string') return undefined;
  return { local, ...(typeof en === 'string' && { en }), ...(typeof zh === 'string' && { zh }) };
}

function numberIn(json: Record<string, unknown>, name: string): number {
  const value = json[name];
  return typeof value === 'number' ? value : 0;
}

function inOrder(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
