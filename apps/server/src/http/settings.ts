import { instant } from '@lamplight/base';
import {
  putSettingBody,
  roleSchema,
  SETTINGS_LIMIT,
  settingNameSchema,
  settingSchema,
  settingsSchema,
} from '@lamplight/contracts';
import {
  appendAudit,
  type Database,
  listAccountSettings,
  listRoleSettings,
  putAccountSetting,
  putRoleSetting,
} from '@lamplight/store';
import { z } from 'zod';
import type { App } from './app-type.js';
import { Failure } from './failure.js';
import { principalOf } from './guard.js';

export interface SettingsDependencies {
  readonly database: Database;
  readonly agency: string;
}

/** What a person set for themselves, so that it follows them to another desk. Nobody reads or writes another's. */
export function settingRoutes(app: App, { database, agency }: SettingsDependencies): void {
  app.get('/api/v1/settings', { schema: { response: { 200: settingsSchema } } }, async (request) => {
    const { accountId, roles } = principalOf(request);
    const [own, defaults] = await Promise.all([
      listAccountSettings(database, agency, accountId),
      listRoleSettings(database, agency, roles),
    ]);
    return settingsSchema.parse({ own, defaults });
  });

  app.put(
    '/api/v1/settings/:name',
    {
      schema: {
        params: z.object({ name: settingNameSchema }),
        body: putSettingBody,
        response: { 200: settingSchema },
      },
    },
    async (request) => {
      const { name } = request.params;
      const { value } = request.body;
      const { accountId } = principalOf(request);
      const setting = { name, value, limit: SETTINGS_LIMIT };
      const version = await putAccountSetting(database, agency, accountId, setting);
      if (version === undefined) {
        const reason = `an account keeps at most ${SETTINGS_LIMIT} settings`;
        throw new Failure('request-invalid', reason, { errors: [{ field: 'name', reason }] });
      }
      return { name, value, version };
    },
  );

  app.put(
    '/api/v1/role-settings/:role/:name',
    {
      schema: {
        params: z.object({ role: roleSchema, name: settingNameSchema }),
        body: putSettingBody,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { role, name } = request.params;
      const { value } = request.body;
      await putRoleSetting(database, agency, { role, name, value });
      await appendAudit(database, agency, {
        at: instant(Date.now()),
        actor: `account:${principalOf(request).username}`,
        action: 'role-setting',
        subject: `${role}:${name}`,
        detail: value,
      });
      return reply.code(204).send(null);
    },
  );
}
