import type { Role } from '@lamplight/contracts';
import { type ApiClient, type ApiOptions, signInByRole } from './api-client.js';

/** Who acts in a simulated centre, each with a session of their own role. */
export interface Staff {
  readonly callTaker: ApiClient;
  readonly dispatcher: ApiClient;
  readonly supervisor: ApiClient;
  readonly administrator: ApiClient;
}

export async function signInStaff(options: ApiOptions): Promise<Staff> {
  const as = (role: Role): Promise<ApiClient> => signInByRole(options, role);
  const [callTaker, dispatcher, supervisor, administrator] = await Promise.all([
    as('call-taker'),
    as('dispatcher'),
    as('supervisor'),
    as('administrator'),
  ]);
  return { callTaker, dispatcher, supervisor, administrator };
}

/** Answered and repeated requests of all of them. */
export function countRequests(staff: Staff): { readonly answered: number; readonly retried: number } {
  const clients = [staff.callTaker, staff.dispatcher, staff.supervisor, staff.administrator];
  return {
    answered: clients.reduce((sum, { counters }) => sum + counters.answered, 0),
    retried: clients.reduce((sum, { counters }) => sum + counters.retried, 0),
  };
}
