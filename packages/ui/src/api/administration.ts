import { formatInstant, type Instant } from '@lamplight/base';
import {
  accountSchema,
  type addAccountBody,
  type addDeviceBody,
  agencyProfileSchema,
  auditPageSchema,
  type changeAccountBody,
  type changeAgencyBody,
  type changeDeviceBody,
  cityBuildSchema,
  cityMapSchema,
  deviceCredentialsSchema,
  endedSessionsSchema,
  locationCodesSchema,
  managedAccountSchema,
  managedDeviceSchema,
  managedUnitsSchema,
  type registerUnitBody,
  type StationView,
} from '@lamplight/contracts';
import { z } from 'zod';
import { type ApiClient, of } from './client.js';

export interface AuditQuery {
  readonly text?: string;
  readonly action?: string;
  readonly from?: Instant;
  readonly to?: Instant;
  readonly before?: number;
}

/** What the agency is and has, and who did what. */
export const administrationApi = ({ get, request, command }: ApiClient) => ({
  accounts: () => get('/accounts', z.array(managedAccountSchema)),
  addAccount: (body: z.input<typeof addAccountBody>) => request('POST', '/accounts', accountSchema, { body }),
  changeAccount: (id: string, body: z.input<typeof changeAccountBody>) =>
    request('PATCH', of('accounts', id), managedAccountSchema, { body }),
  resetPassword: (id: string, password: string) =>
    request('POST', `${of('accounts', id)}/password`, z.unknown(), { body: { password } }),
  endSessions: (id: string) => request('DELETE', `${of('accounts', id)}/sessions`, endedSessionsSchema),

  devices: () => get('/devices', z.array(managedDeviceSchema)),
  addDevice: (body: z.input<typeof addDeviceBody>) =>
    request('POST', '/devices', deviceCredentialsSchema, { body }),
  changeDevice: (id: string, body: z.input<typeof changeDeviceBody>) =>
    request('PATCH', of('devices', id), managedDeviceSchema, { body }),
  renewDeviceSecret: (id: string, osmand: boolean) =>
    request('POST', `${of('devices', id)}/secret`, deviceCredentialsSchema, { body: { osmand } }),

  /** All units, also those that are retired. */
  managedUnits: () => get('/administration/units', managedUnitsSchema),
  registerUnit: (key: string, body: z.input<typeof registerUnitBody>) => command('/units', key, body),
  retireUnit: (key: string, id: string, reason: string) =>
    command(`${of('units', id)}/retire`, key, { reason }),

  saveStation: (station: StationView) =>
    request('PUT', '/stations', z.unknown(), { body: { stations: [station] } }),
  removeStation: (id: string) => request('DELETE', of('stations', id), z.unknown()),

  agencyProfile: () => get('/agency', agencyProfileSchema),
  changeAgency: (body: z.input<typeof changeAgencyBody>) =>
    request('PATCH', '/agency', agencyProfileSchema, { body }),

  cityMap: () => get('/city', cityMapSchema),
  /** Resolves when the extract is at the server whole. How much has arrived is asked with `cityMap`. */
  uploadExtract: (file: File) =>
    request('POST', `/city/build?${new URLSearchParams({ name: file.name })}`, cityBuildSchema, {
      body: new Blob([file], { type: 'application/octet-stream' }),
    }),
  cancelCityBuild: () => request('DELETE', '/city/build', z.unknown()),

  locationCodes: () => get('/location-codes', locationCodesSchema),
  replaceLocationCodes: (csv: Blob) =>
    request('PUT', '/location-codes', z.object({ codes: z.int() }), {
      body: new Blob([csv], { type: 'text/csv' }),
    }),

  audit: (query: AuditQuery) => get(`/audit?${auditQuery(query)}`, auditPageSchema),
});

/** The query of the audit log, the same for a page and for the export. */
export function auditQuery({ text, action, from, to, before }: AuditQuery): string {
  return new URLSearchParams({
    ...(text && { text }),
    ...(action && { action }),
    ...(from !== undefined && { from: formatInstant(from) }),
    ...(to !== undefined && { to: formatInstant(to) }),
    ...(before !== undefined && { before: String(before) }),
  }).toString();
}
