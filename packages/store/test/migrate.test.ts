import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectDatabase, MIGRATIONS, migrate } from '../src/index.js';
import { createTestDatabase, type TestDatabase } from '../src/testing.js';

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase({ migrated: false });
});
afterEach(() => test.drop());

describe('migrating', () => {
  it('runs every step once, though several start at the same time', async () => {
    const other = await connectDatabase({ connectionString: test.connectionString });
    const ran = await Promise.all([migrate(test.database), migrate(other), migrate(test.database)]);
    await other.close();
    expect(ran.flat()).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(await migrate(test.database)).toEqual([]);
  });

  it('counts steps from 1 without gaps', () => {
    expect(MIGRATIONS.map(({ id }) => id)).toEqual(MIGRATIONS.map((_, index) => index + 1));
  });

  it('leaves nothing of a step that fails, and keeps those before it', async () => {
    const good = { id: 1, name: 'good', sql: 'create table one ()' };
    const bad = { id: 2, name: 'bad', sql: 'create table two (); create table one ();' };
    await expect(migrate(test.database, [good, bad])).rejects.toMatchObject({ code: '42P07' });
    const tables = await test.database.pool.query(
      `select to_regclass('one') as one, to_regclass('two') as two`,
    );
    expect(tables.rows).toEqual([{ one: 'one', two: null }]);
    expect(await migrate(test.database, [good, { ...bad, sql: 'create table two ()' }])).toEqual(['bad']);
  });

  it('refuses a database that a newer version made', async () => {
    await migrate(test.database);
    await expect(migrate(test.database, MIGRATIONS.slice(0, 2))).rejects.toMatchObject({
      code: 'database-newer-than-code',
    });
  });

  it('refuses a step that is not the one that ran', async () => {
    await migrate(test.database, [{ id: 1, name: 'one', sql: 'create table one ()' }]);
    await expect(
      migrate(test.database, [{ id: 1, name: 'one', sql: 'create table other ()' }]),
    ).rejects.toMatchObject({ code: 'migration-changed' });
  });
});
