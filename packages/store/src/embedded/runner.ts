import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError } from '../errors.js';
import { type Binaries, copyBinaries } from './binaries.js';

/** How PostgreSQL's programs are started: as which user, from where. */
export interface Runner {
  readonly binaries: Binaries;
  /** Gives a file or an empty folder to the user that PostgreSQL runs as. */
  handOver(path: string): void;
  run(program: string, args: readonly string[], options: SpawnOptions): ChildProcess;
}

interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

/**
 * Decides how to run PostgreSQL on `cluster` (which need not exist yet) in the data folder.
 *
 * An ordinary user runs it as itself. Root may not: PostgreSQL refuses user id 0, so it runs as the owner of the
 * cluster, for a new one `postgres` if the machine has that user, else `nobody`. That user must reach the programs
 * and the cluster, and often cannot, since root's home, with the default data folder in it, is closed (mode 0700):
 *
 * - Only the programs are out of reach: they are copied into the data folder.
 * - The data folder itself is out of reach: PostgreSQL is given one capability that lets it pass closed folders,
 *   CAP_DAC_READ_SEARCH, or where the container does not have that (Docker's default), CAP_DAC_OVERRIDE. Everything
 *   else stays dropped. This beats moving the cluster elsewhere, which would leave a data folder without the data,
 *   and opening root's home, which is not ours to open.
 */
export function createRunner(installed: Binaries, data: string, cluster: string): Runner {
  if (process.getuid?.() !== 0) return runAsSelf(installed, cluster);
  const user = chooseUser(cluster);
  const handOver = (path: string): void => chownSync(path, user.uid, user.gid);
  const dataReachable = canReach(user, data);
  if (!dataReachable) {
    const prefix = capabilityPrefix(user, data);
    return {
      binaries: installed,
      handOver,
      run: (program, args, options) => spawn('setpriv', [...prefix, program, ...args], options),
    };
  }
  return {
    binaries: canReach(user, dirname(installed.postgres)) ? installed : copyBinaries(installed, data),
    handOver,
    run: (program, args, options) => spawn(program, args, { ...options, ...user }),
  };
}

function runAsSelf(binaries: Binaries, cluster: string): Runner {
  const owner = statSync(cluster, { throwIfNoEntry: false })?.uid;
  if (owner !== undefined && owner !== process.getuid?.()) {
    throw new StoreError(
      'data-folder-unusable',
      `${cluster} belongs to the user with id ${owner}: it was made by another user or by root. Run Lamplight as that user or choose another folder with --data.`,
    );
  }
  return { binaries, handOver: () => {}, run: (program, args, options) => spawn(program, args, options) };
}

function chooseUser(cluster: string): UserIds {
  const owner = statSync(cluster, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return findUser('postgres') ?? findUser('nobody') ?? { uid: 65_534, gid: 65_534 };
}

function findUser(name: string): UserIds | undefined {
  if (!existsSync('/etc/passwd')) return undefined;
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [user, , uid, gid] = line.split(':');
    // macOS lists `nobody` as -2; such entries are passed over in favour of the numeric fallback.
    if (user === name && Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** Asks the kernel rather than reading mode bits, so that access lists and mount options count too. */
function canReach(user: UserIds, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0;
}

/** Bits of the capability sets in /proc/PID/status, from linux/capability.h. */
const DAC_OVERRIDE = 1n;
const DAC_READ_SEARCH = 2n;
const SETPCAP = 8n;

/**
 * Arguments of util-linux `setpriv` that change to `user` and keep one ambient capability. `no_setuid_fixup` is
 * needed because access(2), by which PostgreSQL checks its own programs, otherwise ignores the capabilities of a
 * process whose real user is not root (capabilities(7), SECBIT_NO_SETUID_FIXUP).
 */
function capabilityPrefix(user: UserIds, data: string): string[] {
  const capability = has(DAC_READ_SEARCH)
    ? 'dac_read_search'
    : has(DAC_OVERRIDE)
      ? 'dac_override'
      : undefined;
  const works = capability !== undefined && has(SETPCAP) && spawnSync('setpriv', ['--version']).status === 0;
  if (!works) {
    throw new StoreError(
      'data-folder-unusable',
      `PostgreSQL does not run as root, and the user with id ${user.uid} that it would run as cannot enter ${data}, because a folder above is closed to it. Choose a folder that others may pass through, such as --data /var/lib/lamplight, or run Lamplight as an ordinary user.`,
    );
  }
  return [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    `--inh-caps=-all,+${capability}`,
    `--ambient-caps=-all,+${capability}`,
    '--securebits=+no_setuid_fixup',
    '--no-new-privs',
  ];
}

function has(bit: bigint): boolean {
  if (process.platform !== 'linux') return false;
  const set = /^CapPrm:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return ((BigInt(`0x${set}`) >> bit) & 1n) === 1n;
}
