import { type Instant, type LonLat, readJson } from '@lamplight/base';
import {
  bandAt,
  type Calibration,
  companionFile,
  createMetric,
  createSnapper,
  durationsFor,
  type Eta,
  etaOf,
  hourOfWeek,
  type Metric,
  openHierarchy,
  parseCalibration,
  type RoadNetwork,
  type Snap,
  type Snapper,
  type TravelTimes,
} from '@lamplight/roads';
import type { Command } from 'commander';
import { misused, refused } from './failure.js';
import { readInput } from './files.js';
import { parseLocalTime } from './options.js';
import { findSize, openNetworkFile, roadsFailure } from './road-files.js';
import type { Terminal } from './terminal.js';

/** Options of commands that ask for travel times. */
export interface TravelOptions {
  readonly network: string;
  readonly withoutTurns?: true;
  readonly calibration?: string;
  /** A wall clock, read as if it were UTC. */
  readonly at?: Instant;
}

/** A network with the weights that the options ask for. */
export interface Travel {
  readonly network: RoadNetwork;
  readonly metric: Metric;
  readonly snapper: Snapper;
  /** What a trip takes beyond its time on the network; absent without a calibration. */
  readonly calibration?: Calibration;
}

/** For commands whose times may be those of a calibration. */
export const withCalibration = (command: Command): Command =>
  command
    .option('--calibration <file>', "what was learnt of recorded trips, from 'lamplight roads calibrate'")
    .option('--at <local time>', 'with --calibration: when, such as "2026-03-14 08:15"', parseLocalTime);

/** Opens the network of the options. Throws a `Failure` when it, or the calibration, cannot be used. */
export async function openTravel(terminal: Terminal, options: TravelOptions): Promise<Travel> {
  const { calibration: file, at, withoutTurns } = options;
  if (file === undefined && at !== undefined) throw misused('usage.at-without-calibration');
  if (file !== undefined && withoutTurns) throw misused('usage.turns-and-calibration');
  const network = await openNetworkFile(terminal, options.network);
  const snapper = createSnapper(network);
  if (file === undefined)
    return { network, snapper, metric: createMetric(network, { turns: !withoutTurns }) };

  const calibration = await readCalibration(file);
  const { bands, turns } = calibration;
  if (at === undefined && bands.length > 1) throw misused('usage.at-missing', { bands: bands.length });
  const band = at === undefined ? 0 : bandAt(calibration, hourOfWeek(at, 'UTC'));
  const durations = durationsFor(network, calibration, band);
  return { network, snapper, calibration, metric: createMetric(network, { turns, durations }) };
}

async function readCalibration(file: string): Promise<Calibration> {
  const parsed = parseCalibration(readJson(new TextDecoder().decode(await readInput(file))));
  if (parsed.ok) return parsed.value;
  throw refused('refused.calibration', { file, field: parsed.error.field, reason: parsed.error.reason });
}

/**
 * Answers from the prepared times beside the network, where there are any for the weights at hand; the answers are the
 * same without. Worth its reading for many questions.
 */
export async function usePreparedTimes(times: TravelTimes, networkFile: string): Promise<void> {
  const file = companionFile(networkFile, 'hierarchy');
  if ((await findSize(file)) === undefined) return;
  const opened = openHierarchy(await readInput(file));
  if (opened.ok) times.useHierarchy(opened.value);
}

/** The street nearest to the position of an option. Throws a `Failure` that names the option. */
export function snapOption(terminal: Terminal, { snapper }: Travel, option: string, position: LonLat): Snap {
  const snap = snapper.snap(position);
  if (snap.ok) return snap.value;
  throw roadsFailure(terminal, snap.error, option);
}

/** When a trip that takes so long on the network ends, by the calibration, if there is one. */
export function etaBy({ calibration }: Travel, duration: Parameters<typeof etaOf>[1]): Eta | undefined {
  return calibration && etaOf(calibration, duration);
}

/** The two figures of an arrival that are told, for machines. */
export const etaFields = (eta: Eta | undefined) =>
  eta ? { p50: eta.p50, p90: eta.p90, calibrated: eta.calibrated } : {};

/** Where a position was taken to, for machines. */
export const toPlace = ({ position, distance }: Snap) => ({ position, distance });
