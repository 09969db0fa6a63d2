import { after, type Instant, instant, seconds } from '@lamplight/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ADMINISTRATOR,
  appendAudit,
  changeAccount,
  createAccount,
  createSetupLink,
  dropEndedSessions,
  endSession,
  findAccountByName,
  findSession,
  isSetUp,
  listAccounts,
  listAudit,
  listDevices,
  redeemSetupLink,
  registerDevice,
  setPassword,
  signIn,
  startSession,
  updateDevice,
  verifyDevice,
  verifyOsmandKey,
} from '../src/index.js';
import { createTestDatabase, type TestDatabase } from '../src/testing.js';
import { NOON } from './commands.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const AGENCY = 'city';
const minutesLater = (minutes: number): Instant => after(NOON, seconds(minutes * 60));

async function makeAccount(username: string, password = 'right horse') {
  const account = { username, displayName: 'Somebody', password, roles: ['dispatcher'], locale: 'en' };
  const made = await createAccount(test.database, AGENCY, account, NOON);
  if (!made.ok) throw new Error(made.error.code);
  return made.value;
}

const tryPassword = (username: string, password: string, at = NOON) =>
  signIn(test.database, AGENCY, { username, password }, at);

describe('an account', () => {
  it('has a name of its own, whatever the case and width of its letters', async () => {
    const account = await makeAccount('Mei.Lin');
    expect(account).toMatchObject({
      username: 'Mei.Lin',
      roles: ['dispatcher'],
      disabled: false,
      unitId: null,
    });
    const twin = {
      username: ' ｍｅｉ.lin ',
      displayName: 'Other',
      password: 'x',
      roles: [],
      locale: 'zh-CN',
    };
    expect(await createAccount(test.database, AGENCY, twin, NOON)).toEqual({
      ok: false,
      error: { code: 'username-taken' },
    });
    expect(await findAccountByName(test.database, AGENCY, 'MEI.LIN')).toEqual(account);
    expect(await findAccountByName(test.database, 'another city', 'mei.lin')).toBeUndefined();
  });

  it('does not keep its password', async () => {
    await makeAccount('secretive', 'correct battery');
    const { rows } = await test.database.pool.query<{ text: string }>(
      'select account::text as text from account',
    );
    expect(rows.some(({ text }) => text.includes('correct battery'))).toBe(false);
    expect(rows.every(({ text }) => text.includes('$argon2id$v=19$m=19456,t=2,p=1$'))).toBe(true);
  });

  it('can be changed', async () => {
    const { id } = await makeAccount('changing');
    const changed = await changeAccount(test.database, AGENCY, id, { roles: ['supervisor'], unitId: 'u1' });
    if (!changed.ok) throw new Error(changed.error.code);
    const { before, after } = changed.value;
    expect(before).toMatchObject({ id, unitId: null });
    expect(after).toMatchObject({ id, roles: ['supervisor'], unitId: 'u1', displayName: 'Somebody' });
    expect((await listAccounts(test.database, AGENCY)).find((account) => account.id === id)).toEqual(after);
    const nobody = await changeAccount(test.database, AGENCY, 'nobody', { locale: 'en' });
    expect(nobody).toMatchObject({ ok: false, error: { code: 'account-unknown' } });
  });

  it('leaves an administrator, also when two are taken away at the same moment', async () => {
    const agency = 'two-administrators';
    const chiefs = await Promise.all(
      ['one', 'two'].map(async (username) => {
        const made = await createAccount(
          test.database,
          agency,
          { username, displayName: username, password: 'x'.repeat(12), roles: [ADMINISTRATOR], locale: 'en' },
          NOON,
        );
        if (!made.ok) throw new Error(made.error.code);
        return made.value;
      }),
    );
    const outcomes = await Promise.all([
      changeAccount(test.database, agency, chiefs[0]?.id ?? '', { disabled: true }),
      changeAccount(test.database, agency, chiefs[1]?.id ?? '', { roles: ['dispatcher'] }),
    ]);
    expect(outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.error.code)).sort()).toEqual([
      'done',
      'last-administrator',
    ]);
    const left = (await listAccounts(test.database, agency)).filter(
      ({ roles, disabled }) => roles.includes(ADMINISTRATOR) && !disabled,
    );
    expect(left).toHaveLength(1);
  });
});

describe('signing in', () => {
  it('needs the right password', async () => {
    await makeAccount('ada');
    expect(await tryPassword('ADA', 'right horse')).toMatchObject({ ok: true, value: { username: 'ada' } });
    expect(await tryPassword('ada', 'wrong')).toEqual({ ok: false, error: { code: 'credentials-wrong' } });
    expect(await tryPassword('nobody', 'wrong')).toEqual({ ok: false, error: { code: 'credentials-wrong' } });
  });

  it('is locked after five failures in a row, for a quarter of an hour, even for the right password', async () => {
    await makeAccount('bob');
    for (let i = 0; i < 4; i++) await tryPassword('bob', 'wrong');
    expect((await tryPassword('bob', 'right horse')).ok).toBe(true);
    for (let i = 0; i < 5; i++) {
      expect(await tryPassword('bob', 'wrong')).toEqual({ ok: false, error: { code: 'credentials-wrong' } });
    }
    const locked = { ok: false, error: { code: 'account-locked', until: minutesLater(15) } };
    expect(await tryPassword('bob', 'right horse', minutesLater(14))).toEqual(locked);
    expect((await tryPassword('bob', 'right horse', minutesLater(15))).ok).toBe(true);
  });

  it('gives five tries after a lock-out as before it', async () => {
    await makeAccount('bea');
    for (let i = 0; i < 5; i++) await tryPassword('bea', 'wrong');
    for (let i = 0; i < 4; i++) await tryPassword('bea', 'wrong', minutesLater(20));
    expect((await tryPassword('bea', 'right horse', minutesLater(20))).ok).toBe(true);
  });

  it('gives guesses sent all at once no more tries', async () => {
    await makeAccount('eve');
    const results = await Promise.all(Array.from({ length: 20 }, (_, i) => tryPassword('eve', `guess ${i}`)));
    const codes = results.map((result) => (result.ok ? 'ok' : result.error.code));
    expect(codes.filter((code) => code === 'credentials-wrong')).toHaveLength(5);
    expect(codes.filter((code) => code === 'account-locked')).toHaveLength(15);
  });

  it('is refused to a disabled account, and says so only to who knows the password', async () => {
    const { id } = await makeAccount('gone');
    await changeAccount(test.database, AGENCY, id, { disabled: true });
    expect(await tryPassword('gone', 'right horse')).toEqual({
      ok: false,
      error: { code: 'account-disabled' },
    });
    expect(await tryPassword('gone', 'wrong')).toEqual({ ok: false, error: { code: 'credentials-wrong' } });
  });
});

describe('a session', () => {
  const limits = { lifetime: seconds(8 * 3600), idle: seconds(30 * 60) };
  const find = (token: string, minutes: number) =>
    findSession(test.database, AGENCY, token, minutesLater(minutes));

  it('ends when it is not used for its idle time, and after its lifetime in any case', async () => {
    const account = await makeAccount('idler');
    const token = await startSession(test.database, AGENCY, account.id, limits, NOON);
    expect(await find(token, 29)).toMatchObject({
      account: { id: account.id },
      expiresAt: minutesLater(480),
    });
    expect(await find(token, 58)).toBeDefined();
    expect(await find(token, 88)).toBeUndefined();
    const used = await startSession(test.database, AGENCY, account.id, limits, NOON);
    for (let minutes = 20; minutes < 480; minutes += 20) expect(await find(used, minutes)).toBeDefined();
    expect(await find(used, 480)).toBeUndefined();
    expect(await dropEndedSessions(test.database, minutesLater(480))).toBeGreaterThanOrEqual(2);
  });

  it('ends at sign-out, with the account, and with its password', async () => {
    const account = await makeAccount('leaver');
    const start = (): Promise<string> => startSession(test.database, AGENCY, account.id, limits, NOON);
    const [one, two] = [await start(), await start()];
    await endSession(test.database, one);
    expect(await find(one, 1)).toBeUndefined();
    expect(await find(two, 1)).toBeDefined();
    await setPassword(test.database, AGENCY, account.id, 'another horse');
    expect(await find(two, 1)).toBeUndefined();
    expect((await tryPassword('leaver', 'another horse')).ok).toBe(true);
    const three = await start();
    await changeAccount(test.database, AGENCY, account.id, { disabled: true });
    expect(await find(three, 1)).toBeUndefined();
  });

  it('is known by its token alone, which is not in the database', async () => {
    const account = await makeAccount('holder');
    const token = await startSession(test.database, AGENCY, account.id, limits, NOON);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const { rows } = await test.database.pool.query<{ text: string }>(
      'select session::text as text from session',
    );
    expect(rows.some(({ text }) => text.includes(Buffer.from(token, 'base64url').toString('hex')))).toBe(
      false,
    );
    expect(await find(`${token}x`, 1)).toBeUndefined();
    expect(await findSession(test.database, 'another city', token, NOON)).toBeUndefined();
  });
});

describe('a set-up link', () => {
  const boss = { username: 'boss', displayName: 'Boss', password: 'long enough', locale: 'zh-CN' };
  const redeem = (agency: string, token: string, at: Instant = NOON) =>
    redeemSetupLink(test.database, agency, token, boss, at);

  it('makes the first administrator once, though two use it at the same moment', async () => {
    const token = await createSetupLink(test.database, 'new city', NOON);
    expect(await isSetUp(test.database, 'new city')).toBe(false);
    const results = await Promise.all([redeem('new city', token), redeem('new city', token)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'setup-link-invalid' } });
    expect(await isSetUp(test.database, 'new city')).toBe(true);
    expect(await listAccounts(test.database, 'new city')).toMatchObject([
      { username: 'boss', roles: ['administrator'] },
    ]);
    const late = await createSetupLink(test.database, 'new city', NOON);
    expect(await redeem('new city', late)).toEqual({ ok: false, error: { code: 'already-set-up' } });
  });

  it('is good for a day, for its agency, and until the next is made', async () => {
    const old = await createSetupLink(test.database, 'slow city', NOON);
    const token = await createSetupLink(test.database, 'slow city', NOON);
    const invalid = { ok: false, error: { code: 'setup-link-invalid' } };
    expect(await redeem('slow city', old)).toEqual(invalid);
    expect(await redeem('another city', token)).toEqual(invalid);
    expect(await redeem('slow city', token, minutesLater(24 * 60))).toEqual(invalid);
    expect(await redeem('slow city', token, instant(minutesLater(24 * 60) - 1))).toMatchObject({ ok: true });
  });
});

describe('a device', () => {
  it('is known by its secret until that is replaced or the device disabled', async () => {
    const { secret, osmandKey } = await registerDevice(
      test.database,
      AGENCY,
      { id: 'phone-1', unitId: 'u1', label: 'Phone', osmand: true },
      NOON,
    );
    const device = { id: 'phone-1', unitId: 'u1', label: 'Phone', enabled: true, hasOsmandKey: true };
    expect(await verifyDevice(test.database, AGENCY, 'phone-1', secret)).toMatchObject(device);
    expect(await verifyDevice(test.database, AGENCY, 'phone-1', osmandKey ?? '')).toBeUndefined();
    expect(await verifyDevice(test.database, AGENCY, 'phone-2', secret)).toBeUndefined();
    expect(await verifyOsmandKey(test.database, AGENCY, 'phone-1', osmandKey ?? '')).toMatchObject(device);
    expect(await verifyOsmandKey(test.database, AGENCY, 'phone-1', secret)).toBeUndefined();

    const renewed = await registerDevice(test.database, AGENCY, { id: 'phone-1', label: 'Phone' }, NOON);
    expect(renewed.osmandKey).toBeUndefined();
    expect(await verifyDevice(test.database, AGENCY, 'phone-1', secret)).toBeUndefined();
    expect(await verifyOsmandKey(test.database, AGENCY, 'phone-1', '')).toBeUndefined();
    expect(await verifyDevice(test.database, AGENCY, 'phone-1', renewed.secret)).toBeDefined();

    await updateDevice(test.database, AGENCY, 'phone-1', { enabled: false, unitId: 'u2' });
    expect(await verifyDevice(test.database, AGENCY, 'phone-1', renewed.secret)).toBeUndefined();
    expect(await listDevices(test.database, AGENCY)).toMatchObject([
      { id: 'phone-1', unitId: 'u2', enabled: false },
    ]);
  });
});

describe('the audit trail', () => {
  it('is listed from the newest on, in pages, by actor, action and subject', async () => {
    for (let i = 0; i < 6; i++) {
      const entry = { at: minutesLater(i), actor: `a${i % 2}`, action: 'person.read', subject: `p${i % 3}` };
      await appendAudit(test.database, AGENCY, { ...entry, detail: { i } });
    }
    const page = await listAudit(test.database, AGENCY, { limit: 2 });
    expect(page.map(({ detail }) => detail)).toEqual([{ i: 5 }, { i: 4 }]);
    const before = page.at(-1)?.sequence ?? 0;
    expect((await listAudit(test.database, AGENCY, { before, limit: 9 })).map(({ at }) => at)).toEqual(
      [3, 2, 1, 0].map(minutesLater),
    );
    const found = await listAudit(test.database, AGENCY, {
      actor: 'a1',
      subject: 'p0',
      action: 'person.read',
      limit: 9,
    });
    expect(found).toMatchObject([{ detail: { i: 3 } }]);
  });
});
