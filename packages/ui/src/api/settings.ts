import { type Role, settingSchema, settingsSchema } from '@lamplight/contracts';
import { z } from 'zod';
import type { ApiClient } from './client.js';

/** What a person set for themselves, and what a role starts from. */
export const settingsApi = ({ get, request }: ApiClient) => ({
  settings: () => get('/settings', settingsSchema),
  putSetting: (name: string, value: object) =>
    request('PUT', `/settings/${encodeURIComponent(name)}`, settingSchema, { body: { value } }),
  putRoleSetting: (role: Role, name: string, value: object) =>
    request('PUT', `/role-settings/${role}/${encodeURIComponent(name)}`, z.unknown(), { body: { value } }),
});
