import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { findErrorCode } from '../errors.js';

/** True while a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (thrown) {
    return findErrorCode(thrown) === 'EPERM';
  }
}

/** A killed child that nobody has waited for still has an id; in containers without an init it keeps it for good. */
function isZombie(pid: number): boolean {
  return process.platform === 'linux' && statFields(pid)?.[0] === 'Z';
}

/** Fields of /proc/PID/stat from the third on; the second, the name, may itself hold blanks and brackets. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * A text that differs for two processes that had the same id at different times: the start time, on Linux in
 * clock ticks together with the id of the boot, elsewhere as `ps` prints it. Empty when it cannot be known.
 */
export function processStart(pid: number): string {
  if (process.platform === 'linux') {
    const ticks = statFields(pid)?.[19];
    return ticks === undefined ? '' : `${ticks}@${bootId()}`;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * Ids of the server processes at work in `cluster`. PostgreSQL makes the cluster folder the working folder of the
 * postmaster and all its children; outside Linux only the postmaster is found, by the folder on its command line.
 */
export function listClusterProcesses(cluster: string): number[] {
  if (process.platform !== 'linux') {
    const listing = execFileSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' });
    return listing
      .split('\n')
      .filter((line) => line.includes('postgres') && line.includes(cluster))
      .map((line) => Number.parseInt(line, 10));
  }
  const folder = existsSync(cluster) ? realpathSync(cluster) : cluster;
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && worksIn(pid, folder) && isAlive(pid));
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return (
      readlinkSync(`/proc/${pid}/cwd`) === folder &&
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
    );
  } catch {
    return false;
  }
}
