import { err, ok, type Result } from '@lamplight/base';
import type { RoadNetwork, StreetName } from './network.js';
import { type BuildReport, DROP_REASONS, type DropReason } from './report.js';

/**
 * What a network file holds besides arrays: the report and the names, as JSON. A name is [local, en, zh]. Fields come
 * in one order, so that equal networks are equal files.
 */
export function writeMeta({ report, names }: RoadNetwork): unknown {
  const { dropped, ...facts } = report;
  return {
    report: { ...inOrder(facts), dropped: inOrder(dropped) },
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
  const { format, profile, dropped } = json;
  if (format !== 'pbf' && format !== 'xml' && format !== 'xml.gz') return err('report: unknown format');
  if (typeof profile !== 'string' || !isObject(dropped)) return err('report: profile or dropped is missing');
  return ok({
    format,
    profile,
    nodes: numberIn(json, 'nodes'),
    edges: numberIn(json, 'edges'),
    arcs: numberIn(json, 'arcs'),
    lengthMetres: numberIn(json, 'lengthMetres'),
    connectedShare: numberIn(json, 'connectedShare'),
    disconnectedNodes: numberIn(json, 'disconnectedNodes'),
    disconnectedMetres: numberIn(json, 'disconnectedMetres'),
    barriers: numberIn(json, 'barriers'),
    dropped: parseDropped(dropped),
  });
}

function parseDropped(json: Record<string, unknown>): Record<DropReason, number> {
  const dropped = {
    'not-a-road': 0,
    access: 0,
    reversible: 0,
    'duplicate-way': 0,
    'missing-node': 0,
    'zero-length': 0,
    disconnected: 0,
  };
  for (const reason of DROP_REASONS) dropped[reason] = numberIn(json, reason);
  return dropped;
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
