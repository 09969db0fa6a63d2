import type { AccountView, Role } from '@lamplight/contracts';

/** What an account may do here. The server decides; this only keeps from offering what it would refuse. */
export interface Powers {
  readonly takeCalls: boolean;
  readonly dispatch: boolean;
  readonly report: boolean;
  readonly supervise: boolean;
  /** May change what the agency is and has. */
  readonly administer: boolean;
  /** May look at it. */
  readonly seeAdministration: boolean;
}

export function powersOf({ roles }: AccountView): Powers {
  const any = (...wanted: readonly Role[]): boolean => roles.some((role) => wanted.includes(role));
  return {
    takeCalls: any('call-taker', 'dispatcher', 'supervisor'),
    dispatch: any('dispatcher', 'supervisor'),
    report: any('dispatcher', 'supervisor'),
    supervise: any('supervisor'),
    administer: any('administrator'),
    seeAdministration: any('administrator', 'supervisor'),
  };
}
