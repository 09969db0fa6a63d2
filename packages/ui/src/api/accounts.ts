import { type Role, serverInfoSchema, sessionSchema } from '@lamplight/contracts';
import { z } from 'zod';
import type { ApiClient } from './client.js';

/** What the server is, and who we are to it. */
export const accountsApi = ({ get, request }: ApiClient) => ({
  info: () => get('/info', serverInfoSchema),
  session: () => get('/session', sessionSchema),
  signIn: (username: string, password: string) =>
    request('POST', '/session', sessionSchema, { body: { username, password } }),
  signInAs: (role: Role) => request('POST', '/rehearsal/session', sessionSchema, { body: { role } }),
  signOut: () => request('DELETE', '/session', z.unknown()),
  setUp: (body: { token: string; username: string; password: string; displayName: string }) =>
    request('POST', '/setup', sessionSchema, { body }),
});
