/** What the shell is told. Scripts rely on these numbers: they do not change. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** Something failed that was not the fault of the input: a server, a disk, a bug. */
  failure: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** The input was refused: a file that is missing or damaged, rows that cannot be used, a command that was declined. */
  refused: 3,
  /** `verify`: the log does not fit its chain of hashes. */
  chainBroken: 4,
  /** `rehearse`: calls were lost or doubled. */
  callsLost: 5,
  /** Stopped by Ctrl-C or a signal before the work was done. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
